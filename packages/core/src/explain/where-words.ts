import type { Where } from '../condition/where.ts'
import { joinWords } from './list-words.ts'
import { propertyWords } from './name-words.ts'
import { testWords } from './value-words.ts'

/** " where the category is hiking and the price is at least 50"; nothing without a filter. */
export function whereWords(where: Where | undefined): string {
  const tests = Object.entries(where ?? {}).map(
    ([property, test]) => `the ${propertyWords(property)} ${testWords(test)}`,
  )
  return tests.length === 0 ? '' : ` where ${joinWords(tests, 'and')}`
}

/** `whereWords` as an insertion, closed by a comma. */
export function whereInsert(where: Where | undefined): string {
  const words = whereWords(where)
  return words === '' ? '' : `${words},`
}
