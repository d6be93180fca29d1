import type { Product } from '../catalog.ts'

/** Camping gear. */
export const camping: readonly Product[] = [
  {
    id: 'two-person-tent',
    name: 'Hardanger 2 Tent',
    category: 'camping',
    price: 329,
    summary: 'Two people, two porches, four minutes to pitch',
    description:
      'Pitches fly first, so the inside stays dry while you argue about the view. Two doors and two porches: nobody climbs over anybody at three in the morning.',
    details: [
      ['Weight', '2.1 kg'],
      ['Packed', '46 × 15 cm'],
      ['Fly', '4,000 mm, silicone both sides'],
      ['Sleeps', 'Two, 1.05 m head room'],
    ],
    picture: 'An orange dome tent with its door tied open',
    badge: 'Bestseller',
  },
  {
    id: 'down-sleeping-bag',
    name: 'Nordlys Sleeping Bag',
    category: 'camping',
    price: 259,
    summary: 'Warm to −4 °C, packs to the size of a loaf',
    description:
      'Traceable European down in a cut with room to bend your knees. The hood closes with one cord, the zip has a guard that does not bite, and the foot end is wide.',
    details: [
      ['Comfort', '−4 °C (EN 13537)'],
      ['Weight', '890 g'],
      ['Down', '750 fill, RDS certified'],
      ['Packed', '7 litres'],
    ],
    picture: 'A blue mummy sleeping bag with an orange lining',
    sizes: ['Regular', 'Long'],
  },
  {
    id: 'gas-stove',
    name: 'Ember Gas Stove',
    category: 'camping',
    price: 58,
    summary: 'A litre in three and a half minutes',
    description:
      'A broad burner, a regulator that does not mind the cold, and supports that hold a real pan. It folds into the mug it came to heat. Canister not included in the post.',
    details: [
      ['Weight', '98 g'],
      ['Power', '2,900 W'],
      ['Boils', '1 litre in 3 min 30 s'],
      ['Canister', 'Screw valve, EN 417'],
    ],
    picture: 'A gas stove with blue flames on a green canister',
  },
  {
    id: 'camp-lantern',
    name: 'Fyr Lantern',
    category: 'camping',
    price: 44,
    summary: 'Warm light for sixty hours on one charge',
    description:
      'A lamp that looks like the one in the hut and runs on the cell in your bike light. Turn the brass wheel from reading to card game to just enough to find the zip.',
    details: [
      ['Light', '5–220 lumens, 2,400 K'],
      ['Runs', '60 hours on low'],
      ['Charges', 'USB-C, 2 hours'],
      ['Weight', '290 g'],
    ],
    picture: 'A glowing lantern in a dark green frame',
  },
  {
    id: 'camp-chair',
    name: 'Loch Chair',
    category: 'camping',
    price: 75,
    summary: 'Sits low, packs small, forgives uneven ground',
    description:
      'Somebody always says it is too much to carry, and then asks for a turn. Poles that find each other by themselves, a sling that dries fast and feet that do not sink.',
    details: [
      ['Weight', '960 g'],
      ['Holds', '140 kg'],
      ['Packed', '38 × 12 cm'],
      ['Frame', 'Aluminium, spare parts in stock'],
    ],
    picture: 'A folding chair with a blue seat and a rust-red top edge',
  },
  {
    id: 'enamel-mug',
    name: 'Bothy Mug',
    category: 'camping',
    price: 14,
    summary: 'Enamel, 400 ml, chips with dignity',
    description:
      'Two coats of enamel on steel and a night sky over the tops. Fine on a stove, fine in a dishwasher, finest with tea.',
    details: [
      ['Volume', '400 ml'],
      ['Weight', '155 g'],
      ['Material', 'Enamelled steel'],
      ['Made in', 'Poland'],
    ],
    picture: 'A dark blue enamel mug with mountains, full of coffee',
  },
]
