import { readFile } from 'node:fs/promises'
import type { Json, Ruleset } from '@attune/core'
import { readJson } from '@attune/core/json'
import { CannotRun } from '../command.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { createAccessLogSource, type Names } from './access-log.ts'
import { createCsvSource } from './csv-source.ts'
import { ACCESS_LOG_RULESET, rulesetForMapping } from './default-ruleset.ts'
import type { Mapping } from './mapping.ts'
import { type Input, openInput } from './open-input.ts'
import { parseMapping } from './parse-mapping.ts'
import type { ReplaySource } from './replay-event.ts'

/** The formats that replay reads. */
export const FORMATS = ['combined', 'csv'] as const

/** A file ready to be replayed, and the ruleset for it when none is named. */
export interface OpenedSource {
  readonly input: Input
  readonly source: ReplaySource
  readonly ruleset: Ruleset | undefined
}

/** Opens a file as its format says: by default a CSV when its name or a mapping says so, else an access log. */
export async function openSource(
  file: string,
  asked: { readonly format: (typeof FORMATS)[number] | undefined; readonly mapping: string | undefined },
  names: Names,
): Promise<OpenedSource> {
  const looksLikeCsv = asked.mapping !== undefined || /\.[ct]sv(?:\.gz)?$/i.test(file)
  const format = asked.format ?? (looksLikeCsv ? 'csv' : 'combined')
  if (format === 'csv' && asked.mapping === undefined)
    throw new CannotRun('A CSV needs --mapping <file>, which says what its columns mean.')
  if (format === 'combined' && asked.mapping !== undefined)
    throw new CannotRun('--mapping is for a CSV. Leave it out, or say --format csv.')
  const mapping = asked.mapping === undefined ? undefined : await readMapping(asked.mapping)
  const input = await openInput(file)
  if (mapping === undefined) {
    return { input, source: createAccessLogSource(input.bytes, names), ruleset: ACCESS_LOG_RULESET }
  }
  return { input, source: createCsvSource(input.bytes, mapping, names), ruleset: rulesetForMapping(mapping) }
}

async function readMapping(file: string): Promise<Mapping> {
  const parsed = parseMapping(await readDocument(file))
  if (parsed.ok) return parsed.value
  const lines = parsed.problems.map(({ path, message }) => `${path}: ${message}`)
  throw new CannotRun(`The mapping ${JSON.stringify(file)} is not sound. ${lines.join(' ')}`)
}

async function readDocument(file: string): Promise<Json> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new CannotRun(describeFileTrouble(file, error))
  })
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new CannotRun(`${JSON.stringify(file)} is not UTF-8. Save it as UTF-8.`)
  const read = readJson(text)
  if (read.ok) return read.value
  const [problem] = read.problems
  throw new CannotRun(`${JSON.stringify(file)} is no JSON. ${problem?.path}: ${problem?.message}`)
}
