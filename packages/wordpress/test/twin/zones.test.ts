import { emptyProfile, type Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { tellAsking, tellRulesets } from './chance/tell.ts'
import type { Engine } from './engines/engine.ts'
import { startEngine } from './engines/start-engine.ts'
import { startWasm } from './engines/wasm-engine.ts'

// Of countries that have not changed their clocks' rules for years: every PHP brings a table of its own age.
const ZONES = [
  'Europe/London', 'Europe/Berlin', 'Europe/Dublin', 'Atlantic/Azores', 'America/New_York', 'America/St_Johns', 'America/Santiago',
  'America/Sao_Paulo', 'Australia/Sydney', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham', 'Asia/Kolkata',
  'Asia/Kathmandu', 'Asia/Tokyo', 'Antarctica/Troll', 'UTC',
] // biome-ignore format: words, read at a glance as one list
const HOURS: readonly (readonly [number, number])[] = [
  [2, 3],
  [9, 17],
  [22, 1],
]
const INSTANTS = Array.from({ length: 150 }, (_, at) => Date.UTC(2026, 0, 1) + at * 75_123_457_000)

test.each<[string, () => Promise<Engine>]>([
  ['PHP of this machine', () => startEngine()],
  ['the oldest PHP', () => startWasm('8.1')],
  ['the newest PHP', () => startWasm('8.5')],
])(
  '%s has the same local time until 2380, through every change of clocks',
  async (_name, start) => {
    const engine = await start()
    const compiled = compileDocument(makeRuleset())
    const profile = emptyProfile(compiled.plan)
    const told = { text: JSON.stringify({ ask: 'visitor', by: 'profile', profile }), wanted: '' }
    const asked = INSTANTS.map((now) => {
      return tellAsking({ context: {}, consent: {}, visitor: null, now, assume: {} }, compiled, profile)
    })
    const lines = [tellRulesets({ compiled, older: compiled }), told, ...asked]
    const answers = await engine.ask(lines.map(({ text }) => text))
    await engine.end()
    expect(answers.slice(2)).toEqual(asked.map(({ wanted }) => wanted))
  },
  60_000,
)

function makeRuleset(): Ruleset {
  const segments = ZONES.flatMap((timezone) =>
    HOURS.map((hours) => [`${timezone} ${hours}`, { when: { when: { hours, timezone } } }] as const),
  )
  return { version: 1, revision: 'zones', segments: Object.fromEntries(segments) }
}
