import type { Context } from '@attune/core'
import type { Random } from '../../../../core/test/oracle/random.ts'

/** Values that a language may take for others: numbers in texts, borders of whole numbers, text beyond the BMP, nothing. */
export const ODD_VALUES: readonly unknown[] = [
  null, true, false, '', ' ', '0', '00', '0.0', '1', '01', '1.0', '1e0', '-0', '+1', ' 1', '1 ', '0x1', 'INF', 'NAN', 'true', 'null',
  'GB', 'gb', 'gB', 'ie', 'İE', 'ıe', 'ß', 'SS', '😀', '～', '￿', 'é', 'e\u0301', 'É', 'GB\u0000', '\u0000', 'a\nb', '1.2.0', '1.2',
  '01.2', '10.0.1.0', '1..2', '1.', '.1', 'v1.2', '99999999999999999999.1', '9007199254740993',
  0, 1, -1, 2, 2.5, 0.1, 0.30000000000000004, -0.0001, 1e-7, 5e-324, 1e21, 1e300, -1e300, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53,
  -(2 ** 53), 2 ** 63, 2 ** 64,
  {}, [], { a: {} }, [[]], [''], ['GB'], ['gb', 'IE'], ['GB', 1], [1, 2], [null], ['1', '01', 1], { '': 'GB' }, { 0: 'GB' }, { length: 1 },
] // biome-ignore format: words, read at a glance as one list

const GROUPS = [
  'geo',
  'device',
  'url',
  'query',
  'utm',
  'referrer',
  'session',
  'visitor',
  'custom',
  'language',
  'utcOffset',
]
const NAMES = [
  'country', 'source', 'pageViews', 'known', 'x', 'a.b', '0', '-1', '01', '', 'constructor', '__proto__', 'toString', 'length', '😀',
] // biome-ignore format: words, read at a glance as one list

/** A context as no host makes it on purpose: some groups are no objects, some members are of any type. */
export function makeOddContext(random: Random, base: Context): Context {
  const odd: Record<string, unknown> = { ...base }
  for (let left = 1 + random.below(4); left > 0; left--) {
    const group = random.pick(GROUPS)
    odd[group] = random.chance(0.25) ? random.pick(ODD_VALUES) : makeMembers(random, odd[group])
  }
  return odd
}

function makeMembers(random: Random, known: unknown): unknown {
  const kept =
    typeof known === 'object' && known !== null && !Array.isArray(known) ? Object.entries(known) : []
  const more = Array.from({ length: 1 + random.below(3) }, () => [
    random.pick(NAMES),
    random.pick(ODD_VALUES),
  ])
  // Entries define members; an assignment to `__proto__` would not.
  return Object.fromEntries([...kept, ...more])
}
