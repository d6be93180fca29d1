import type { Problem, Ruleset } from '@attune/core'
import { checkRuleset, costsOf, parseRuleset } from '@attune/core/check'
import { readJson } from '@attune/core/json'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { makeRuleset } from '../oracle/make-ruleset.ts'
import { createRandom, type Random } from '../oracle/random.ts'
import { exampleRuleset } from '../support/example-ruleset.ts'
import { junk } from './junk.ts'
import { DOCUMENTS, inherited, leastTime, MOST_TIME } from './sizes.ts'
import { spoil } from './spoil.ts'

test('no document makes the checker throw, hang or change what objects inherit', {
  timeout: 3_600_000,
}, () => {
  const before = inherited()
  const trouble: unknown[] = []
  let sound = 0
  for (let seed = 1; seed <= DOCUMENTS && trouble.length === 0; seed++) {
    const document = makeDocument(createRandom(seed), seed)
    try {
      let problems: readonly Problem[] = []
      const time = leastTime(() => {
        problems = checkRuleset(document)
      })
      if (time > MOST_TIME) trouble.push({ seed, time })
      const parsed = parseRuleset(document)
      const isSound = problems.every(({ severity }) => severity === 'warning')
      if (parsed.ok !== isSound) trouble.push({ seed, problems })
      if (!parsed.ok) continue
      sound += 1
      costsOf(parsed.value)
      // What is sound can be published.
      if (sound % 10 === 0) compileDocument(parsed.value)
    } catch (error) {
      trouble.push({ seed, error: error instanceof Error ? error.stack : error })
    }
  }
  expect(trouble).toEqual([])
  expect(inherited()).toEqual(before)
  // Some of the spoilt are still sound: the checker is not only refused at the door.
  expect(sound).toBeGreaterThan(DOCUMENTS / 100)
})

test('no text makes the reader throw, and what it reads is what JSON says', { timeout: 3_600_000 }, () => {
  const before = inherited()
  const trouble: unknown[] = []
  for (let seed = 1; seed <= DOCUMENTS / 10 && trouble.length === 0; seed++) {
    const random = createRandom(seed)
    const text = spoilText(
      random,
      JSON.stringify(random.chance(0.5) ? exampleRuleset : junk(random)) ?? 'null',
    )
    try {
      const time = leastTime(() => readJson(text))
      if (time > MOST_TIME) trouble.push({ seed, time })
      const read = readJson(text)
      if (read.ok && JSON.stringify(read.value) !== JSON.stringify(JSON.parse(text)))
        trouble.push({ seed, text })
      if (read.ok) checkRuleset(read.value)
    } catch (error) {
      trouble.push({ seed, error: error instanceof Error ? error.stack : error })
    }
  }
  expect(trouble).toEqual([])
  expect(inherited()).toEqual(before)
})

// A twentieth is junk through and through, the rest was sound once.
function makeDocument(random: Random, seed: number): unknown {
  if (seed % 20 === 0) return junk(random, 5)
  return spoil(random, seed % 4 === 0 ? exampleRuleset : soundRuleset(random, seed % 10 === 1))
}

const made = new Map<number, Ruleset>()

// Making one takes longer than checking it, so each is spoilt many times; mostly with two of its segments.
function soundRuleset(random: Random, isWhole: boolean): Ruleset {
  const at = random.below(100)
  const ruleset = made.get(at) ?? makeRuleset(createRandom(at), 'r')
  made.set(at, ruleset)
  if (isWhole) return ruleset
  const segments = random.shuffle(Object.entries(ruleset.segments ?? {})).slice(0, 2)
  return { ...ruleset, segments: Object.fromEntries(segments), experiences: [] }
}

function spoilText(random: Random, text: string): string {
  const at = random.below(text.length + 1)
  const piece = random.pick([
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\\u',
    '0',
    '-',
    'e9',
    'null',
    '\n',
    '\u0000',
    '\ud800',
  ])
  return random.pick([
    () => text.slice(0, at),
    () => text.slice(0, at) + piece + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1 + random.below(5)),
    () => text.slice(0, at) + text.slice(random.below(text.length + 1)),
  ])()
}
