import { blocksOf, type Page } from './markdown.ts'

/** A condition of the guide, the sentence that the page gives for it, and what it answers of whom. */
export interface Example {
  readonly place: string
  readonly condition: string
  readonly sentence: string | undefined
  readonly rows: readonly Asked[]
}

/** One row below an example: what is known, the answer, and when time alone changes it. */
export interface Asked {
  readonly known: string
  readonly answer: string
  readonly changes: string
}

const HEADER = '| Known of the visitor | Answer | Changes |'

/** The conditions of a page with what stands below them, up to the next fence or heading. */
export function examplesOf(page: Page): readonly Example[] {
  const lines = page.text.split('\n')
  return blocksOf(page)
    .filter(({ info }) => info === 'json condition')
    .map(({ place, text }) => {
      const end = Number(place.split(':').at(-1)) + text.split('\n').length
      const rest = lines.slice(end)
      const stop = rest.findIndex((line) => /^(```|#)/.test(line))
      const below = stop < 0 ? rest : rest.slice(0, stop)
      return { place, condition: text, sentence: sentenceIn(below), rows: rowsIn(below) }
    })
}

function sentenceIn(lines: readonly string[]): string | undefined {
  const quoted = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2))
  return quoted.length === 0 ? undefined : quoted.join(' ')
}

function rowsIn(lines: readonly string[]): readonly Asked[] {
  const header = lines.indexOf(HEADER)
  if (header < 0) return []
  const rest = lines.slice(header + 2)
  const end = rest.findIndex((line) => !line.startsWith('|'))
  return rest.slice(0, end < 0 ? undefined : end).map((line) => {
    const [known = '', answer = '', changes = ''] = line.slice(2, -2).split(' | ')
    return { known, answer, changes }
  })
}
