import { afterAll, beforeAll, expect, test } from 'vitest'
import { shrink } from './chance/shrink.ts'
import { listen, speak } from './chance/talk.ts'
import type { Engine } from './engines/engine.ts'
import { startEngine } from './engines/start-engine.ts'

let engine: Engine

beforeAll(async () => {
  engine = await startEngine()
}, 60_000)
afterAll(() => engine.end())

/** Says something else of one segment whenever there is a GB in the question. */
function liar({ name, ask, end }: Engine): Engine {
  const lie = (line: string, answer: string) =>
    line.includes('"ask":"question"') && line.includes('GB')
      ? answer.replace(/\["(tree-1|03)",\w+/, '["$1","no"')
      : answer
  const askLiar: Engine['ask'] = async (lines) =>
    (await ask(lines)).map((answer, at) => lie(lines[at]!, answer))
  return { name, ask: askLiar, end }
}

test('a difference is found, and its case made so small that only what it takes is left', async () => {
  const spoken = [1, 2, 3, 4].flatMap((seed) => speak(seed, { guests: 4, askings: 6 }))
  expect(await listen(engine, spoken)).toEqual([])
  const [difference] = await listen(liar(engine), spoken)
  const found = await shrink(liar(engine), difference!.scene!)
  expect(found!.given).not.toBe(found!.wanted)
  const { ruleset, asking, batches, traits } = found!.scene
  expect(Object.keys(ruleset.segments!)).toHaveLength(1)
  expect(ruleset.experiences).toEqual([])
  expect(batches.flat()).toEqual([])
  expect(traits).toEqual({})
  expect(JSON.stringify(asking.context)).toMatch(/^\{"[^"]+":[^,]*"GB"[^,]*\}$/)
  expect(Object.keys(JSON.parse(found!.line))).toEqual([
    'ruleset',
    'profile',
    'context',
    'consent',
    'visitor',
    'now',
  ])
})
