import type { Product } from '../catalog.ts'

/** Cycling gear. */
export const cycling: readonly Product[] = [
  {
    id: 'gravel-bike',
    name: 'Skiddaw Gravel Bike',
    category: 'cycling',
    price: 1450,
    summary: 'Steel frame, wide tyres, room for bags',
    description:
      'A steel frame that smooths out a bridleway, forty-five millimetre tyres and mounts for everything. Built by one mechanic from start to finish, whose name is on the card in the box.',
    details: [
      ['Frame', 'Reynolds 725 steel'],
      ['Gears', '1 × 12, 10–44'],
      ['Tyres', '45 mm, tubeless ready'],
      ['Weight', '10.4 kg, size M'],
    ],
    picture: 'A green gravel bike with tan tyres and brown bar tape',
    sizes: ['S', 'M', 'L', 'XL'],
  },
  {
    id: 'road-helmet',
    name: 'Hardknott Helmet',
    category: 'cycling',
    price: 95,
    summary: 'Cool on the climb, calm on the descent',
    description:
      'Fourteen vents, a liner that moves in a glancing blow, and a shell with no loose edges to catch the wind. We replace it at half price after a crash.',
    details: [
      ['Weight', '260 g, size M'],
      ['Vents', '14'],
      ['Norm', 'EN 1078'],
      ['Crash replacement', 'Half price for three years'],
    ],
    picture: 'A blue cycling helmet with dark vents',
    sizes: ['S', 'M', 'L'],
  },
  {
    id: 'roll-top-pannier',
    name: 'C2C Roll-top Pannier',
    category: 'cycling',
    price: 85,
    summary: 'Twenty litres that do not leak',
    description:
      'Whitehaven to Tynemouth in three days of rain, and the book inside stayed dry. Clicks on with one hand, stays on over cobbles, becomes a shoulder bag at the station.',
    details: [
      ['Volume', '20 litres'],
      ['Weight', '820 g'],
      ['Waterproof', 'IP64, welded seams'],
      ['Fits', 'Racks of 8–16 mm'],
    ],
    picture: 'An ochre roll-top pannier with a teal base',
    badge: 'Bestseller',
  },
  {
    id: 'merino-jersey',
    name: 'Wrynose Merino Jersey',
    category: 'cycling',
    price: 68,
    summary: 'Looks at home in a café, works on a pass',
    description:
      'Fine merino with enough stretch to sit where it should. Three pockets that do not sag, a zip to the hem, and a band across the chest that drivers see.',
    details: [
      ['Fabric', '78% merino, 22% recycled polyester'],
      ['Weight', '180 g/m²'],
      ['Pockets', 'Three, one zipped'],
      ['Care', '30 °C, line dry'],
    ],
    picture: 'A burgundy cycling jersey with a navy band',
    sizes: ['XS', 'S', 'M', 'L', 'XL'],
  },
  {
    id: 'front-light',
    name: 'Nightingale Front Light',
    category: 'cycling',
    price: 52,
    summary: 'A wide beam with a polite edge',
    description:
      'Enough light for a lane without a moon, with a cut-off that does not blind whoever comes the other way. Tells you honestly how many minutes are left.',
    details: [
      ['Light', '100–800 lumens'],
      ['Runs', '2 h 30 high, 14 h low'],
      ['Charges', 'USB-C, also while on'],
      ['Waterproof', 'IPX6'],
    ],
    picture: 'A bicycle front light shining a warm beam',
  },
  {
    id: 'track-pump',
    name: 'Kirkstone Track Pump',
    category: 'cycling',
    price: 46,
    summary: 'Steel barrel, ash handle, parts for life',
    description:
      'A gauge you can read from standing, a head that takes both valves, and every seal for sale separately. The last pump, if you let us service it once a decade.',
    details: [
      ['Pressure', 'Up to 11 bar'],
      ['Hose', '1.1 m'],
      ['Handle', 'European ash'],
      ['Guarantee', 'Ten years, parts for ever'],
    ],
    picture: 'A red track pump with a wooden handle and a round gauge',
  },
]
