import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Json } from '@attune/core'
import { readJson } from '@attune/core/json'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  textOptions,
} from '../command.ts'
import { parseMap } from '../import/attribute.ts'
import { type Imported, importGrowthbook } from '../import/import-growthbook.ts'
import { renderImport } from '../import/render-import.ts'
import { TRAIT_OPTIONS } from '../import/traits/read-import-options.ts'
import { runTraitImport } from '../import/traits/run-trait-import.ts'
import { type Io, write } from '../io.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { styleFor } from '../terminal/style.ts'

// An export may list the members of its groups one by one.
const MAX_BYTES = 16 * 1024 * 1024

/** `attune import`: turns the targeting conditions of another tool into segments, and a CSV of customers into traits. */
export const importCommand: Command = {
  name: 'import',
  summary: 'Turns the targeting conditions of another tool into segments, or a CSV into traits.',
  arguments: [
    { name: 'tool', help: 'growthbook, or traits.' },
    {
      name: 'file',
      help: 'A condition, what the SDK endpoint answers, or a list of saved groups, as JSON; for traits a CSV, plain or gzipped.',
    },
  ],
  options: {
    map: {
      type: 'string',
      value: '<pairs>',
      multiple: true,
      help: 'Where attributes are found, e.g. country=geo.country,plan=trait.plan:text; default custom.<name>. traits: heading=trait; default the same name. Repeatable.',
    },
    key: {
      type: 'string',
      value: '<key>',
      help: 'Names the segment of a lone condition; default: the file.',
    },
    out: { type: 'string', value: '<file>', help: 'Writes the segments into a file.' },
    json: { type: 'boolean', help: 'Prints all that came of it as one JSON document.' },
    ...TRAIT_OPTIONS,
  },
  notes: [
    'Prints { "segments": … } to be merged into a ruleset; what was left out, and why, goes to standard error.',
    'Exit code 0 when all was said, 1 when something was refused. docs/guide/importing.md tells what each operator becomes.',
    'traits: rows are told of accounts, known by ATTUNE_SECRET and the user’s id, before or after the first sign-in. Told again they change nothing; docs/guide/identity.md tells more.',
  ],
  examples: [
    'attune import growthbook features.json --map country=geo.country --out segments.json',
    'attune import growthbook condition.json --key germans --json',
    'attune import traits customers.csv --id-column id --map Tier=tier --consent preferences',
  ],
  async run(call, io): Promise<ExitCode> {
    const [tool, file] = call.arguments as readonly [string, string]
    if (tool === 'traits') return runTraitImport(call, io, file)
    if (tool !== 'growthbook')
      throw new CannotRun(`There is no importer for ${JSON.stringify(tool)}. Use growthbook or traits.`)
    const pairs = textOptions(call, 'map')
    const map = parseMap(pairs.length === 0 ? undefined : pairs.join(','))
    const key = textOption(call, 'key') ?? basename(file, '.json')
    const imported = importGrowthbook(await readDocument(file), { map, key })
    await report(file, imported, call, io)
    return imported.refused.length > 0 ? 1 : 0
  },
}

async function readDocument(file: string): Promise<Json> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new CannotRun(describeFileTrouble(file, error))
  })
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new CannotRun(`${JSON.stringify(file)} is not UTF-8. Save it as UTF-8.`)
  const read = readJson(text, MAX_BYTES)
  if (read.ok) return read.value
  const [problem] = read.problems
  throw new CannotRun(`${JSON.stringify(file)} is not sound JSON. ${problem?.path}: ${problem?.message}`)
}

async function report(file: string, imported: Imported, call: Call, io: Io): Promise<void> {
  const { segments, refused, assumed } = imported
  const out = textOption(call, 'out')
  const document = `${JSON.stringify({ segments }, null, 2)}\n`
  if (out !== undefined) await save(out, document)
  if (isSet(call, 'json')) {
    const assumptions = assumed.map(({ attribute: { name, path }, types }) => ({
      attribute: name,
      path,
      types,
    }))
    const whole = { file, segments, refused, assumed: assumptions }
    return write(io.stdout, `${JSON.stringify(whole, null, 2)}\n`)
  }
  if (out === undefined) await write(io.stdout, document)
  await write(io.stderr, renderImport(file, imported, styleFor(io.stderr, io.env)))
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw new CannotRun(describeFileTrouble(file, error))
  })
}
