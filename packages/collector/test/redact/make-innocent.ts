import { DIGITS, HEX, type Random } from './random.ts'

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ADJECTIVES = [
  'Waterproof',
  'Light',
  'Merino',
  'Classic',
  'Kids’',
  'Ultra-Wide',
  'Basic',
  'Recycled',
  'Größe',
]
const NOUNS = [
  'Trail Boots',
  'T-Shirt',
  'Rucksack 35L',
  'Stove',
  'Jacke',
  'USB-C Cable',
  'Tent 2P',
  'Key Ring',
  'Token',
]
const COLOURS = ['red', 'deep-sea blue', 'noir', 'grün', '#ff8800']

const two = (value: number): string => `${value}`.padStart(2, '0')

const MAKERS: readonly ((random: Random) => string)[] = [
  // Products, categories, searches.
  ({ pick }) => `${pick(ADJECTIVES)} ${pick(NOUNS)} – ${pick(COLOURS)}`,
  ({ pick, whole }) => `${pick(NOUNS)} (${whole(35, 47)} EU / ${whole(3, 13)} US)`,
  ({ pick, whole }) => `${pick(NOUNS).toLowerCase().replaceAll(' ', '-')}-${whole(1, 9999)}`,
  ({ pick }) => `${pick(['Home', 'Garden', 'Camping'])} > ${pick(['Tents & Tarps', 'Cooking', 'Lamps'])}`,
  ({ pick }) =>
    pick(['boots size 42', 'tent 2 person', 'c# in depth', 'wd-40', 'a4 paper 80g', '7.1 soundbar']),
  ({ pick, whole }) =>
    `mens-${pick(['waterproof', 'merino'])}-hiking-boots-with-laces-size-${whole(36, 48)}-brown`,
  ({ pick, whole }) =>
    `Mens-Trail-Boots-GTX-${pick(['Mid', 'Low'])}-V${whole(2, 9)}-${whole(36, 48)}-Black-Red`,
  // Names of things: SKUs, orders, trade items, serials.
  ({ text, whole }) => `SKU-${text(3, CAPITALS)}-${whole(1000, 99999)}`,
  ({ text }) => `${text(2, CAPITALS)}${text(7, DIGITS)}`,
  ({ text }) => `${text(3, DIGITS)}-${text(5, DIGITS)}`,
  ({ text }) => `B0${text(8, `${CAPITALS}${DIGITS}`)}`,
  ({ whole, text }) => `ORD-${whole(2019, 2027)}-${text(6, DIGITS)}`,
  ({ whole }) => `#${whole(100000, 99999999)}`,
  ({ whole }) => `${whole(1, 9)}${whole(100000000, 999999999)}`,
  ({ text }) => `order ${text(3, DIGITS)}-${text(7, DIGITS)}-${text(7, DIGITS)}`,
  ({ text, pick }) =>
    withCheck(`${pick(['400', '500', '762', '978', '012', '00'])}${text(9, DIGITS)}`.slice(0, 12)),
  ({ text }) => withCheck(`0${text(10, DIGITS)}`),
  ({ whole }) => `978-${whole(0, 9)}-${whole(10, 99)}-${whole(100000, 999999)}-${whole(0, 9)}`,
  ({ text }) => [8, 4, 4, 4, 12].map((length) => text(length, HEX)).join('-'),
  ({ text }) => text(21, `${CAPITALS}${CAPITALS.toLowerCase()}${DIGITS}_-`),
  ({ text }) => text(7, HEX),
  // Prices, quantities, measures, shares.
  ({ whole }) => `€ ${whole(1, 9)}.${whole(100, 999)},${two(whole(0, 99))}`,
  ({ whole }) => `${whole(1, 999)},${whole(100, 999)}.${two(whole(0, 99))} USD`,
  ({ whole }) => `${whole(1, 9)} x ${whole(10, 400)} x ${whole(10, 400)} mm`,
  ({ whole }) => `${whole(640, 3840)}x${whole(480, 2160)}@${whole(1, 3)}x`,
  ({ whole }) => `${whole(1, 99)} @ ${whole(1, 99)}.50`,
  ({ whole }) => `${whole(30, 34)}, ${whole(30, 34)}, ${whole(35, 38)}, ${whole(39, 42)}, ${whole(43, 46)}`,
  // Dates and times.
  ({ whole }) => `${whole(2020, 2027)}-${two(whole(1, 12))}-${two(whole(1, 28))}`,
  ({ whole }) => `${two(whole(1, 28))}.${two(whole(1, 12))}.${whole(2020, 2027)} ${two(whole(0, 23))}:30`,
  ({ whole }) => `${two(whole(1, 12))}/${two(whole(1, 28))}/${whole(2020, 2027)}`,
  ({ whole }) => `${two(whole(1, 28))}-${two(whole(1, 12))}-${whole(2020, 2027)} 10.45`,
  ({ whole }) => new Date(whole(1.5e12, 1.9e12)).toISOString(),
  ({ whole }) => `${whole(1.5e9, 1.9e9)}`,
  ({ whole }) => `${whole(1.5e12, 1.9e12)}`,
  ({ whole }) => `${whole(2020, 2027)}/${two(whole(1, 12))} – ${whole(2020, 2027)}/${two(whole(1, 12))}`,
  // Versions, files, places on the web and on the earth.
  ({ whole }) => `${whole(0, 20)}.${whole(0, 20)}.${whole(0, 200)}-beta.${whole(1, 9)}`,
  ({ pick, whole }) =>
    `${pick(['attune', 'react', 'left-pad'])}@${whole(0, 19)}.${whole(0, 9)}.${whole(0, 9)}`,
  ({ pick, whole }) => `/img/${pick(['logo', 'hero'])}-${whole(1, 99)}@2x.png`,
  ({ pick, whole }) => `/product/${pick(['trail-boots', 'stove'])}/${whole(1, 99999)}`,
  ({ pick, whole }) =>
    `https://shop.example/${pick(['sale', 'blog'])}/${whole(2019, 2026)}/${whole(1, 12)}/a-story`,
  ({ whole }) => `/landing?utm_source=newsletter&utm_campaign=autumn-${whole(2019, 2027)}`,
  ({ whole }) => `${whole(-89, 89)}.${whole(100000, 999999)}, ${whole(-179, 179)}.${whole(100000, 999999)}`,
  ({ pick }) =>
    pick(['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'sha256 sum', '24/7']),
  ({ pick }) => pick(['Key: C major', 'Token: Silver', 'password reset', '@brand on every box', 'a & b = c']),
  ({ pick, whole }) => `${pick(['size', 'colour', 'sort', 'page'])}=${whole(1, 99)}`,
]

/** An innocent text, of each kind by turns. */
export function makeInnocent(random: Random, index: number): string {
  return MAKERS[index % MAKERS.length]!(random)
}

// The check digit of GS1.
function withCheck(start: string): string {
  let sum = 0
  for (let at = 0; at < start.length; at++)
    sum += Number(start[start.length - 1 - at]) * (at % 2 === 0 ? 3 : 1)
  return `${start}${(10 - (sum % 10)) % 10}`
}
