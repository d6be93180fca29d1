import type { Product } from '../catalog.ts'

/** Hiking gear. */
export const hiking: readonly Product[] = [
  {
    id: 'trail-boots',
    name: 'Langdale Trail Boots',
    category: 'hiking',
    price: 149,
    summary: 'Leather boots that need no breaking in',
    description:
      'Full-grain leather, a waterproof lining and a sole with lugs deep enough for wet bracken. The collar is soft where the ankle bends, so the first day out feels like the tenth. When the tread is gone we resole them.',
    details: [
      ['Weight', '1,180 g the pair, size 42'],
      ['Upper', '2.2 mm full-grain leather'],
      ['Lining', 'Waterproof, breathable membrane'],
      ['Sole', 'Resoleable rubber, 5 mm lugs'],
    ],
    picture: 'A brown leather walking boot with orange laces',
    sizes: ['38', '39', '40', '41', '42', '43', '44', '45'],
    badge: 'Bestseller',
  },
  {
    id: 'rain-jacket',
    name: 'Helvellyn Rain Jacket',
    category: 'hiking',
    price: 219,
    summary: 'Three-layer shell for sideways rain',
    description:
      'A three-layer shell that keeps out a Lakeland afternoon and lets out the climb before it. The hood turns with your head and fits over a helmet; the pockets sit above a hip belt.',
    details: [
      ['Weight', '410 g, size M'],
      ['Fabric', '40-denier recycled nylon, three layers'],
      ['Waterproof', '20,000 mm hydrostatic head, taped seams'],
      ['Coating', 'Free of PFAS'],
    ],
    picture: 'A teal waterproof jacket with an ochre hood and yoke',
    sizes: ['XS', 'S', 'M', 'L', 'XL'],
  },
  {
    id: 'day-pack',
    name: 'Catbells Day Pack 24 L',
    category: 'hiking',
    price: 89,
    summary: 'Room for a day, a flask and the second jumper',
    description:
      'Twenty-four litres in a shape that stays close to the back. One big pocket for what you want now, side pockets you can reach without taking it off, and a rain cover in the base.',
    details: [
      ['Volume', '24 litres'],
      ['Weight', '780 g'],
      ['Back', 'Ventilated, lengths S/M and M/L'],
      ['Fabric', '210-denier recycled nylon'],
    ],
    picture: 'A green day pack with a rust-coloured front pocket',
    sizes: ['S/M', 'M/L'],
  },
  {
    id: 'trekking-poles',
    name: 'Striding Edge Poles',
    category: 'hiking',
    price: 79,
    summary: 'Cork grips, three sections, 460 g the pair',
    description:
      'Cork that shapes itself to your hand, locks you can work in gloves, and a steel tip that bites on slate. They fold to 62 cm and go in a suitcase.',
    details: [
      ['Weight', '460 g the pair'],
      ['Length', '62–135 cm'],
      ['Shaft', '7075 aluminium'],
      ['Grip', 'Natural cork'],
    ],
    picture: 'A pair of crossed red trekking poles with cork grips',
  },
  {
    id: 'merino-beanie',
    name: 'Blea Tarn Beanie',
    category: 'hiking',
    price: 28,
    summary: 'Knitted in Cumbria from British wool',
    description:
      'Merino inside, British Bluefaced Leicester outside, knitted an hour from our shop. Warm when wet, does not itch, and comes with one spare bobble.',
    details: [
      ['Weight', '96 g'],
      ['Wool', '60% Bluefaced Leicester, 40% merino'],
      ['Made in', 'Kendal, Cumbria'],
      ['Care', 'Hand wash, dry flat'],
    ],
    picture: 'A rust-red bobble hat with a dark turned-up cuff',
  },
  {
    id: 'insulated-flask',
    name: 'Tarn Flask 750 ml',
    category: 'hiking',
    price: 32,
    summary: 'Hot for twelve hours, cold for a day',
    description:
      'Double-walled steel with a lid that pours without unscrewing. It keeps soup hot until the summit and water cold until the bus.',
    details: [
      ['Volume', '750 ml'],
      ['Weight', '395 g'],
      ['Keeps hot', '12 hours above 60 °C'],
      ['Steel', '18/8 stainless, 90% recycled'],
    ],
    picture: 'A blue steel flask with a mountain on it',
  },
]
