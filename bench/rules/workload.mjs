// The seeded workload: segments of 3 to 6 conditions on attributes, and visitors of 40 fields.
import { createRandom } from './random.mjs'

const words = (text) => text.split(' ')

// Field → what it may hold. Ours are paths of the language; peers read the same values from one flat object.
const FIELDS = {
  'geo.country': words('GB IE US CA DE FR NL SE NO ES IT PL'),
  'geo.region': words('north south east west centre coast islands'),
  'geo.city': words('London Dublin Paris Berlin Oslo Madrid Rome Leeds Bergen Lyon'),
  'device.type': words('desktop phone tablet'),
  'device.os': words('ios android windows macos linux'),
  'device.browser': words('chrome safari firefox edge other'),
  language: words('en de fr nl sv nb es it pl'),
  'url.path': [
    '/',
    '/sale',
    '/hiking/boots',
    '/hiking/tents',
    '/climbing/ropes',
    '/camping/stoves',
    '/blog/hiking',
  ],
  'utm.source': words('google newsletter facebook partner direct bing'),
  'utm.medium': words('cpc email social referral none'),
  'utm.campaign': words('spring-sale autumn-sale launch brand winback hiking-week'),
  'referrer.host': words('www.google.com news.example.org m.facebook.com mail.example.com t.co www.bing.com'),
  'session.number': [1, 40],
  'session.pageViews': [1, 30],
  'session.seconds': [0, 3600],
  'visitor.known': true,
  'visitor.returning': true,
  'custom.plan': words('free trial starter team business enterprise'),
  'custom.role': words('owner admin editor viewer guest'),
  'custom.industry': words('retail travel media health finance education public other'),
  'custom.jobTitle': [
    'Head of Marketing',
    'Marketing Manager',
    'Content Editor',
    'Founder',
    'Store Manager',
    'Engineer',
  ],
  'custom.storeId': words('s01 s02 s03 s04 s05 s06 s07 s08 s09 s10 s11 s12 s13 s14 s15 s16'),
  'custom.loyalty': words('none bronze silver gold platinum'),
  'custom.lastCategory': words('hiking climbing camping cycling running skiing'),
  'custom.lastBrand': words('alpina brook cairn delta evert fjord granit halo'),
  'custom.payment': words('card invoice wallet transfer'),
  'custom.age': [16, 90],
  'custom.orders': [0, 60],
  'custom.revenue': [0, 5000],
  'custom.averageOrder': [5, 400],
  'custom.daysSinceOrder': [0, 700],
  'custom.daysSinceSignUp': [0, 2000],
  'custom.emailsOpened': [0, 100],
  'custom.reviews': [0, 20],
  'custom.returns': [0, 10],
  'custom.newsletter': true,
  'custom.appInstalled': true,
  'custom.interests': [words('hiking climbing camping cycling running skiing sailing yoga')],
  'custom.badges': [words('early reviewer collector explorer vip tester')],
  'custom.wishlist': [words('tent boots rope stove jacket bike lamp mat bottle helmet')],
}
const PATHS = Object.keys(FIELDS)
const CONTAINS = ['url.path', 'referrer.host', 'custom.jobTitle', 'utm.campaign']
const PARTS = {
  'url.path': words('hiking blog camping boots'),
  'referrer.host': words('google example .com facebook'),
  'custom.jobTitle': words('Manager Marketing Editor Head'),
  'utm.campaign': words('sale hiking brand win'),
}
/** A field's name in the flat object that peers are given. */
export const flatName = (path) => path.replace('.', '_')

/** `count` segments, the same for the same count; each a tree of `{ all }`, `{ any }`, `{ not }` and `{ path, op, value }`. */
export function makeSegments(count) {
  const random = createRandom(count)
  return Array.from({ length: count }, () => makeSegment(random))
}

/** How many conditions segments have, and how many different ones. */
export function countConditions(segments) {
  const conditions = segments.flatMap(leavesOf).map((leaf) => JSON.stringify(leaf))
  return { conditions: conditions.length, distinct: new Set(conditions).size }
}

const leavesOf = (node) => (node.path === undefined ? childrenOf(node).flatMap(leavesOf) : [node])
const childrenOf = ({ all, any, not }) => all ?? any ?? [not]

/** The visitors as our users pass them, parsed from JSON as a request's would be. */
export function makeVisitors(count) {
  const random = createRandom(7)
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(makeVisitor(random))))
}

/** The same visitors as one flat object each, parsed from JSON too. */
export function flatten(context) {
  const flat = {}
  for (const path of PATHS) flat[flatName(path)] = read(context, path)
  return JSON.parse(JSON.stringify(flat))
}

function read(context, path) {
  const [group, name] = path.split('.')
  return name === undefined ? context[group] : context[group][name]
}

function makeVisitor(random) {
  const context = {}
  for (const path of PATHS) {
    const [group, name] = path.split('.')
    const value = makeValue(random, FIELDS[path])
    context[group] = name === undefined ? value : { ...context[group], [name]: value }
  }
  return context
}

function makeValue(random, kind) {
  if (kind === true) return random.chance(0.5)
  if (typeof kind[0] === 'number') return kind[0] + random.below(kind[1] - kind[0] + 1)
  if (Array.isArray(kind[0])) return random.shuffle(kind[0]).slice(0, 1 + random.below(4))
  return random.pick(kind)
}

// Three to six conditions: some at the top, the others below `any` and `not`.
function makeSegment(random) {
  const size = 3 + random.below(4)
  const top = []
  let left = size
  while (left > 0) {
    if (left >= 2 && top.length > 0 && random.chance(0.45)) {
      const inner = left >= 3 && random.chance(0.4) ? 3 : 2
      top.push(makeGroup(random, inner))
      left -= inner
    } else {
      top.push(makeCondition(random))
      left--
    }
  }
  return { all: top }
}

function makeGroup(random, size) {
  const children = Array.from({ length: size }, () => makeCondition(random))
  if (random.chance(0.2)) return { not: { all: children } }
  if (size === 3 && random.chance(0.3)) return { any: [children[0], { all: children.slice(1) }] }
  return { any: children }
}

function makeCondition(random) {
  const path = random.pick(PATHS)
  const kind = FIELDS[path]
  if (kind === true) return { path, op: 'is', value: random.chance(0.7) }
  if (typeof kind[0] === 'number') return makeBound(random, path, kind)
  if (Array.isArray(kind[0])) return { path, op: 'has', value: random.pick(kind[0]) }
  if (CONTAINS.includes(path) && random.chance(0.6))
    return { path, op: 'contains', value: random.pick(PARTS[path]) }
  const op = random.pick(words('is is is in in isNot notIn'))
  if (op === 'is' || op === 'isNot') return { path, op, value: random.pick(kind) }
  return { path, op, value: runOf(random, kind) }
}

// Bounds are round numbers, as people write them.
function makeBound(random, path, [least, most]) {
  const step = (most - least) / 6
  const value = Math.round(least + step * (1 + random.below(5)))
  return { path, op: random.pick(words('atLeast moreThan lessThan atMost')), value }
}

// Neighbours in the list: people group what belongs together, so the same groups come again.
function runOf(random, kind) {
  const length = Math.min(kind.length - 1, 2 + random.below(2))
  const from = random.below(kind.length - length + 1)
  return kind.slice(from, from + length)
}
