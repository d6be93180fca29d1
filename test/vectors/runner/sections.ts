import { expect } from 'vitest'
import type { Answer, Asked } from './asked.ts'
import {
  bucket,
  code,
  duration,
  hash,
  instant,
  json,
  sealed,
  session,
  share,
  token,
  visitor,
} from './plain-sections.ts'
import { type Fields, onlyKnown } from './read-vectors.ts'
import { adopt, condition, decision, fold, merge } from './visitor-sections.ts'

/** What the cases of a folder ask, and how an answer is judged. */
export interface Section {
  readonly fields: readonly string[]
  readonly expects: readonly string[]
  readonly lay: (fields: Fields, expected: Fields) => Asked
  readonly judge: (answer: Answer, expected: Fields, fields: Fields) => void
}

// A folder is a section; those below `condition` and `decision` only sort the files.
const SECTIONS: { readonly [folder: string]: Section } = {
  json,
  'time/instant': instant,
  'time/duration': duration,
  'context/session': session,
  condition,
  fold,
  adopt,
  merge,
  decision,
  'allocation/hash': hash,
  'allocation/bucket': bucket,
  'allocation/share': share,
  'code/seal': sealed,
  'code/visitor': visitor,
  'code/decision': code,
  'code/token': token,
}

/** Lays a case out as a question; throws at a folder that is no section, and at a field or an expectation that is none. */
export function layCase(folder: string, fields: Fields, expected: Fields): Asked {
  const section = sectionOf(folder)
  onlyKnown(fields, section.fields, 'A case')
  onlyKnown(expected, section.expects, '"expect"')
  return section.lay(fields, expected)
}

/** Asserts that an answer is what the case expects. */
export function judgeCase(folder: string, fields: Fields, expected: Fields, answer: Answer): void {
  // What went wrong says more than the answer that is missing.
  expect(answer.error).toBeUndefined()
  sectionOf(folder).judge(answer, expected, fields)
}

function sectionOf(folder: string): Section {
  const name = Object.keys(SECTIONS).find((known) => folder === known || folder.startsWith(`${known}/`))
  if (name === undefined) throw new Error(`There is no section for the folder "${folder}".`)
  return SECTIONS[name]!
}
