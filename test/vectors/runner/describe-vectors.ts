import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Answer, Asked, Implementation } from './asked.ts'
import { readVectors, type VectorCase, type VectorFile } from './read-vectors.ts'
import { judgeCase, layCase } from './sections.ts'

/** Every file of vectors, in the order of paths. */
export const VECTOR_FILES: readonly VectorFile[] = readVectors(fileURLToPath(new URL('..', import.meta.url)))

interface Numbered extends VectorCase {
  readonly path: string
  readonly folder: string
  readonly place: number
}

/** One test a case, the same for every implementation; at the end stands how many passed. `prepare` may take its time. */
export function describeVectors(prepare: () => Promise<Implementation>): void {
  const cases = VECTOR_FILES.flatMap((file) => file.cases.map((each) => ({ ...file, ...each })))
  const numbered: readonly Numbered[] = cases.map((each, place) => ({ ...each, place }))
  const passed = new Map<string, number>()
  let name = ''
  let answers: readonly Answer[] = []

  beforeAll(async () => {
    const implementation = await prepare()
    name = implementation.name
    answers = await askAll(implementation, numbered)
  }, 300_000)

  for (const { path, claim } of VECTOR_FILES) {
    describe(`${path}: ${claim}`, () => {
      const own = numbered.filter((each) => each.path === path)
      test.each(own)('$name', ({ place, folder, fields, expect: expected }) => {
        judgeCase(folder, fields, expected, answers[place]!)
        passed.set(folder, (passed.get(folder) ?? 0) + 1)
      })
    })
  }

  afterAll(() => process.stdout.write(summary(name, passed)))
}

// What cannot even be laid out fails by itself, with the reason, and is not asked.
async function askAll({ answer }: Implementation, cases: readonly Numbered[]): Promise<readonly Answer[]> {
  const laid = cases.map(({ folder, fields, expect: expected }): Asked | Answer => {
    try {
      return layCase(folder, fields, expected)
    } catch (error) {
      return { error: String(error) }
    }
  })
  const asked = laid.filter((each): each is Asked => 'ask' in each)
  const answers = (await answer(asked)).values()
  return laid.map((each) => ('ask' in each ? (answers.next().value ?? { error: 'no answer' }) : each))
}

function summary(name: string, passed: ReadonlyMap<string, number>): string {
  const counts = new Map<string, number>()
  for (const { folder, cases } of VECTOR_FILES) counts.set(folder, (counts.get(folder) ?? 0) + cases.length)
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
  const lines = [...counts].map(([folder, count]) => {
    return `  ${String(passed.get(folder) ?? 0).padStart(5)} of ${String(count).padStart(4)}  ${folder}`
  })
  const total = `${sum(passed.values())} of ${sum(counts.values())} cases in ${VECTOR_FILES.length} files`
  return `Vectors, ${name}: ${total}\n${lines.join('\n')}\n`
}
