import {
  type AttuneEvent,
  applyEvents,
  type CompiledRuleset,
  compareEvents,
  emptyProfile,
  type Profile,
  type Question,
} from '@attune/core'

/** When the guide's rows are asked, unless they name another instant: a Sunday, 12:00 UTC. */
const NOON = Date.parse('2026-11-22T12:00:00Z')
const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }
const GRANTED = ['functional', 'preferences', 'statistics-anonymous', 'statistics', 'marketing']

/** Reads `1d 2h 3m 4s` as seconds; `now` is none. */
export function readPassed(text: string): number {
  if (text === 'now') return 0
  if (!/^\d+[smhdw]( \d+[smhdw])*$/.test(text)) throw new Error(`[docs] No time: ${text}.`)
  return text.split(' ').reduce((sum, part) => sum + Number(part.slice(0, -1)) * UNITS[part.at(-1)!]!, 0)
}

interface Known {
  readonly ago: { readonly name: string; readonly passed: number; readonly members: Members }[]
  now: number
  firstSeen: number | undefined
  context: object
  traits: Profile['traits']
  readonly denied: string[]
}

interface Members {
  readonly properties?: AttuneEvent['properties']
  readonly context?: object
}

// Each part of a cell, `; ` between them, is one of these.
const PARTS: readonly (readonly [RegExp, (known: Known, ...found: readonly string[]) => void])[] = [
  [/^nothing$/, () => {}],
  [
    /^(?:(\d+) × )?`(\w+)`(?: `(\{.*\})`)?(?: from `(\{.*\})`)? (now|.+(?= ago$))(?: ago)?$/,
    ({ ago }, times = '1', name = '', properties, context, passed = '') => {
      const members = {
        ...(properties === undefined ? {} : { properties: JSON.parse(properties) }),
        ...(context === undefined ? {} : { context: JSON.parse(context) }),
      }
      for (let at = 0; at < Number(times); at++) ago.push({ name, passed: readPassed(passed), members })
    },
  ],
  [
    /^first seen (.+) ago$/,
    (known, passed = '') => {
      known.firstSeen = readPassed(passed)
    },
  ],
  [
    /^context `(.*)`$/,
    (known, text = '') => {
      known.context = JSON.parse(text)
    },
  ],
  [
    /^traits `(.*)`$/,
    (known, text = '') => {
      known.traits = JSON.parse(text)
    },
  ],
  [
    /^now is `(.*)`$/,
    (known, instant = '') => {
      known.now = Date.parse(instant)
    },
  ],
  [/^`([\w-]+)` not granted$/, ({ denied }, purpose = '') => denied.push(purpose)],
]

/** Reads what a row says is known of a visitor: events in their order of a second, first sight, context, traits, consent. */
export function knownVisitor(cell: string, { plan }: CompiledRuleset): Question {
  const known: Known = { ago: [], now: NOON, firstSeen: undefined, context: {}, traits: {}, denied: [] }
  for (const part of cell.split('; ')) readPart(part, known)
  const events = known.ago.map(
    ({ name, passed, members }, at): AttuneEvent => ({
      id: `e${String(at).padStart(4, '0')}`,
      name,
      time: known.now - passed * 1000,
      properties: {},
      ...members,
    }),
  )
  const folded = applyEvents(emptyProfile(plan), [...events].sort(compareEvents), plan)
  const seen = known.firstSeen === undefined ? [] : [known.now / 1000 - known.firstSeen]
  const firstSeen = [...seen, ...(folded.firstSeen === null ? [] : [folded.firstSeen])]
  return {
    profile: {
      ...folded,
      traits: known.traits,
      firstSeen: firstSeen.length === 0 ? null : Math.min(...firstSeen),
    },
    context: known.context,
    consent: Object.fromEntries(GRANTED.map((purpose) => [purpose, !known.denied.includes(purpose)])),
    now: known.now,
  }
}

function readPart(part: string, known: Known): void {
  for (const [pattern, note] of PARTS) {
    const found = pattern.exec(part)
    if (found === null) continue
    note(known, ...found.slice(1))
    return
  }
  throw new Error(`[docs] Nobody knows what this says of a visitor: ${part}.`)
}
