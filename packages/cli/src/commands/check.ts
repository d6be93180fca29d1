import { readFile, stat } from 'node:fs/promises'
import type { Problem, Ruleset } from '@attune/core'
import { type Cost, checkRuleset, costsOf } from '@attune/core/check'
import { MAX_DOCUMENT_BYTES, readJson } from '@attune/core/json'
import { CannotRun, type Command, type ExitCode, isSet } from '../command.ts'
import { type Io, write } from '../io.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { renderFindings } from '../terminal/findings.ts'
import { printable, styleFor } from '../terminal/style.ts'
import { renderTable } from '../terminal/table.ts'

/** `attune check`: says what is wrong with a ruleset file, where, and how to mend it. */
export const check: Command = {
  name: 'check',
  summary: 'Checks a ruleset file: every error and warning with its place, its value and the cure.',
  arguments: [{ name: 'ruleset', help: 'The JSON file; - reads standard input.' }],
  options: { json: { type: 'boolean', help: 'Prints the findings as one JSON document.' } },
  notes: [
    'A sound file is followed by what answering each of its segments takes: edge, store or batch.',
    'Exit code 0 without errors (warnings are only said), 1 with errors, 2 for a file that cannot be read.',
  ],
  examples: ['attune check ruleset.json', 'attune check --json ruleset.json'],
  async run(call, io): Promise<ExitCode> {
    const file = call.arguments[0]!
    const { problems, costs } = checkBytes(await readBytes(file, io))
    const errors = problems.filter(({ severity }) => severity === 'error').length
    const report = isSet(call, 'json')
      ? renderJson(file, { problems, costs }, errors)
      : renderFindings(file === '-' ? 'standard input' : file, problems, styleFor(io.stdout, io.env)) +
        renderCosts(costs)
    await write(io.stdout, report)
    return errors > 0 ? 1 : 0
  },
}

interface Checked {
  readonly problems: readonly Problem[]
  /** Of each segment; none of a file with errors. */
  readonly costs: { readonly [segment: string]: Cost }
}

/** Everything found in the bytes of a ruleset file. */
export function checkText(bytes: Uint8Array): readonly Problem[] {
  return checkBytes(bytes).problems
}

function checkBytes(bytes: Uint8Array): Checked {
  const text = decodeUtf8(bytes)
  if (text === undefined) {
    const message = 'The file is not UTF-8. Save it as UTF-8 without a byte-order mark.'
    return { problems: [{ path: '$', code: 'not-utf8', severity: 'error', message }], costs: {} }
  }
  const read = readJson(text)
  if (!read.ok) return { problems: read.problems, costs: {} }
  const problems = checkRuleset(read.value)
  const isSound = problems.every(({ severity }) => severity !== 'error')
  return { problems, costs: isSound ? costsOf(read.value as unknown as Ruleset) : {} }
}

async function readBytes(file: string, io: Io): Promise<Uint8Array> {
  if (file === '-') return readAtMost(io.stdin, MAX_DOCUMENT_BYTES + 1)
  try {
    // What is far beyond the limit is refused by its size; it need not be in memory for that.
    const { size } = await stat(file)
    return size > 64 * MAX_DOCUMENT_BYTES
      ? new Uint8Array(MAX_DOCUMENT_BYTES + 1).fill(0x20)
      : await readFile(file)
  } catch (error) {
    throw new CannotRun(describeFileTrouble(file, error))
  }
}

async function readAtMost(input: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of input) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= most) break
  }
  return Buffer.concat(chunks)
}

const MEANINGS: { readonly [C in Cost]: string } = {
  edge: 'the request and its visitor cookie',
  store: 'one profile read, for visitors whom the cookie cannot hold',
  batch: 'a table that a job makes',
}

function renderCosts(costs: Checked['costs']): string {
  const rows = Object.entries(costs).map(([key, cost]) => [printable(key), cost, MEANINGS[cost]])
  if (rows.length === 0) return ''
  const columns = ['segment', 'cost', 'takes'].map((title) => ({ title, align: 'left' as const }))
  return `\n${renderTable(columns, rows)}`
}

function renderJson(file: string, { problems, costs }: Checked, errors: number): string {
  const segments = Object.fromEntries(Object.entries(costs).map(([key, cost]) => [key, { cost }]))
  return `${JSON.stringify({ file, errors, warnings: problems.length - errors, problems, segments }, null, 2)}\n`
}
