import { stat } from 'node:fs/promises'
import { type Consent, isGranted } from '@attune/core'
import {
  type Call,
  CannotRun,
  type Command,
  isSet,
  textOption,
  textOptions,
  wholeOption,
} from '../../command.ts'
import { readConsentOption } from '../../options/read-consent.ts'
import { STORE_OPTIONS } from '../../rights/open-places.ts'
import { AUDIT_OPTIONS } from '../../rights/write-down.ts'
import { describeFileTrouble } from '../../streams/file-trouble.ts'
import { parseColumnMap } from './match-columns.ts'

/** The options of `attune import traits`. */
export const TRAIT_OPTIONS: Command['options'] = {
  'id-column': { type: 'string', value: '<heading>', help: 'traits: the column of your users’ ids.' },
  ruleset: { type: 'string', value: '<file>', help: 'traits: declares them. Default ruleset.json.' },
  consent: {
    type: 'string',
    value: '<purposes>',
    help: 'traits: what the people in the file granted, e.g. preferences; you answer for it.',
  },
  source: {
    type: 'string',
    value: '<name>',
    help: 'traits: who tells them, of `sources` in the ruleset. Default crm.',
  },
  'as-of': {
    type: 'string',
    value: '<time>',
    help: 'traits: when the file was true, e.g. 2026-11-22T06:00Z. Default: when it was written.',
  },
  rejects: {
    type: 'string',
    value: '<file>',
    help: 'traits: where rows go that were not taken. Default <file>.rejects.csv.',
  },
  delimiter: { type: 'string', value: '<sign>', help: 'traits: between cells. Default a comma.' },
  separator: { type: 'string', value: '<sign>', help: 'traits: between the texts of a list. Default |.' },
  'from-line': { type: 'string', value: '<number>', help: 'traits: goes on from there. Default 2.' },
  'dry-run': { type: 'boolean', help: 'traits: reads and checks everything, and keeps nothing.' },
  ...STORE_OPTIONS,
  ...AUDIT_OPTIONS,
}

/** What is asked of an import of traits. */
export interface TraitImport {
  readonly file: string
  readonly idColumn: string
  readonly map: ReadonlyMap<string, string>
  readonly ruleset: string
  readonly consent: Consent
  readonly source: string
  /** Milliseconds. */
  readonly asOf: number
  readonly rejects: string
  readonly delimiter: string
  readonly separator: string
  readonly fromLine: number
  readonly isDry: boolean
}

const SOURCE = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
// So long before now a file may be of, whatever its clock says.
const EARLIEST = Date.UTC(2000, 0, 1)

/** Reads what is asked. @throws CannotRun when something is missing or cannot be. */
export async function readTraitImport(call: Call, file: string, now: number): Promise<TraitImport> {
  const idColumn = textOption(call, 'id-column')
  if (idColumn === undefined)
    throw new CannotRun('--id-column is missing. Name the column that holds your users’ ids.')
  const consent = textOption(call, 'consent')
  if (consent === undefined || !isGranted(readConsentOption(consent), 'preferences')) {
    throw new CannotRun(
      'Nothing is kept of people who did not allow it. Say --consent preferences if all in the file did, or import those who did.',
    )
  }
  const source = textOption(call, 'source') ?? 'crm'
  if (!SOURCE.test(source))
    throw new CannotRun(`--source is ${JSON.stringify(source)}. Use at most 64 letters, digits, _ and -.`)
  return {
    file,
    idColumn,
    map: parseColumnMap(textOptions(call, 'map')),
    ruleset: textOption(call, 'ruleset') ?? 'ruleset.json',
    consent: readConsentOption(consent),
    source,
    asOf: await readAsOf(textOption(call, 'as-of'), file, now),
    rejects: textOption(call, 'rejects') ?? `${file}.rejects.csv`,
    delimiter: signOption(call, 'delimiter', ','),
    separator: signOption(call, 'separator', '|'),
    fromLine: wholeOption(call, 'from-line', { least: 2, most: 999_999_999, fallback: 2 }),
    isDry: isSet(call, 'dry-run'),
  }
}

async function readAsOf(text: string | undefined, file: string, now: number): Promise<number> {
  const time = text === undefined ? await changedAt(file) : Date.parse(text)
  if (time >= EARLIEST && time <= now) return time
  const said =
    text === undefined ? 'The file was written in the future.' : `--as-of is ${JSON.stringify(text)}.`
  throw new CannotRun(`${said} Say when it was true, not after now: --as-of 2026-11-22T06:00Z.`)
}

async function changedAt(file: string): Promise<number> {
  try {
    // Whole seconds, as events have them.
    return Math.floor((await stat(file)).mtimeMs / 1000) * 1000
  } catch (error) {
    throw new CannotRun(describeFileTrouble(file, error))
  }
}

function signOption(call: Call, name: string, fallback: string): string {
  const sign = textOption(call, name) ?? fallback
  const read = sign === '\\t' ? '\t' : sign
  if (read.length === 1 && !/["\r\n]/.test(read)) return read
  throw new CannotRun(`--${name} is ${JSON.stringify(sign)}. Give one sign; \\t is a tabulator.`)
}
