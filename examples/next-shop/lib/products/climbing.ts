import type { Product } from '../catalog.ts'

/** Climbing gear. */
export const climbing: readonly Product[] = [
  {
    id: 'single-rope',
    name: 'Stanage Single Rope 60 m',
    category: 'climbing',
    price: 165,
    summary: '9.6 mm, dry-treated, with a middle mark you can see',
    description:
      'A rope for everything: thick enough for a season of falls, thin enough to drag up a long pitch. Dry-treated to the core, so it handles on a damp morning as it did in the shop.',
    details: [
      ['Diameter', '9.6 mm'],
      ['Length', '60 m'],
      ['Weight', '61 g per metre'],
      ['UIAA falls', '7'],
    ],
    picture: 'A coil of orange climbing rope with blue flecks',
    badge: 'Bestseller',
  },
  {
    id: 'sport-harness',
    name: 'Buttermere Harness',
    category: 'climbing',
    price: 72,
    summary: 'Light, adjustable, comfortable on a hanging belay',
    description:
      'Split webbing spreads the load without padding that soaks up rain. Four gear loops that stand away from the body, and leg loops that open fully for winter boots.',
    details: [
      ['Weight', '365 g, size M'],
      ['Gear loops', '4, each 5 kg'],
      ['Norm', 'EN 12277 type C'],
      ['Buckles', 'Self-locking aluminium'],
    ],
    picture: 'A navy climbing harness with orange trim',
    sizes: ['XS', 'S', 'M', 'L', 'XL'],
  },
  {
    id: 'climbing-shoes',
    name: 'Gritstone Rock Shoes',
    category: 'climbing',
    price: 115,
    summary: 'Sticky, slightly turned down, kind to toes',
    description:
      'Made for slabs and edges: stiff under the big toe, soft at the heel. Two straps, so they come off between problems. We resole them, twice if you look after the rand.',
    details: [
      ['Rubber', '4 mm, high friction'],
      ['Upper', 'Suede, unlined'],
      ['Shape', 'Slightly asymmetric'],
      ['Fit', 'Half a size below street shoes'],
    ],
    picture: 'A pair of ochre climbing shoes with red straps',
    sizes: ['37', '38', '39', '40', '41', '42', '43', '44'],
  },
  {
    id: 'climbing-helmet',
    name: 'Napes Helmet',
    category: 'climbing',
    price: 64,
    summary: 'A hard shell for loose mountain routes',
    description:
      'A hard shell over shock-absorbing foam: heavier than the lightest, and the one we wear under other parties. The wheel adjusts with one hand; clips hold a head torch.',
    details: [
      ['Weight', '330 g'],
      ['Size', '53–61 cm'],
      ['Norm', 'EN 12492'],
      ['Shell', 'ABS, replaceable lining'],
    ],
    picture: 'A red climbing helmet with a cream stripe',
    sizes: ['S/M', 'M/L'],
  },
  {
    id: 'quickdraws',
    name: 'Lofoten Quickdraws, set of 6',
    category: 'climbing',
    price: 84,
    summary: 'Key-lock above, wire gate below',
    description:
      'A key-lock carabiner that never snags on a bolt hanger, a wire gate that does not flutter, and a wide sling that is easy to grab when it counts.',
    details: [
      ['Weight', '94 g each'],
      ['Strength', '23 kN closed'],
      ['Sling', '16 cm polyamide'],
      ['Norm', 'EN 12275, EN 566'],
    ],
    picture: 'Three purple quickdraws with grey and blue carabiners',
  },
  {
    id: 'chalk-bag',
    name: 'Ilkley Chalk Bag',
    category: 'climbing',
    price: 22.5,
    summary: 'Made from the ends of jacket rolls',
    description:
      'Cut from what is left over when jackets are made, so the colours change with the season. Fleece inside, a stiff rim that stays open, and a loop for the brush.',
    details: [
      ['Weight', '110 g with belt'],
      ['Closure', 'One-hand drawcord'],
      ['Lining', 'Recycled fleece'],
      ['Made in', 'Otley, West Yorkshire'],
    ],
    picture: 'A teal chalk bag with orange waves and a fleece rim',
  },
]
