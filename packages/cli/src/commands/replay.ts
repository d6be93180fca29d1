import { randomBytes } from 'node:crypto'
import type { Consent, Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import type { ProfileStore } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import {
  type Call,
  CannotRun,
  type Command,
  choiceOption,
  type ExitCode,
  isSet,
  textOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { openKeyedDatabase } from '../options/open-database.ts'
import { readConsentOption } from '../options/read-consent.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { readSecret, requireSecret } from '../options/read-secret.ts'
import { FORMATS, openSource } from '../replay/open-source.ts'
import { createPseudonym, rememberPseudonym } from '../replay/pseudonym.ts'
import { renderReport } from '../replay/render-report.ts'
import { runReplay } from '../replay/run-replay.ts'
import { createProgress } from '../terminal/progress.ts'
import { styleFor, widthOf } from '../terminal/style.ts'

const STORES = ['memory', 'sqlite'] as const

/** `attune replay`: folds a file of the past as events, and says what became of them. */
export const replay: Command = {
  name: 'replay',
  summary: 'Replays an access log or a CSV through the collector, and sizes the segments.',
  arguments: [{ name: 'file', help: 'The log or CSV, plain or gzipped.' }],
  options: {
    format: {
      type: 'string',
      value: '<combined|csv>',
      help: 'Default: csv for *.csv or with a mapping, else combined.',
    },
    mapping: { type: 'string', value: '<file>', help: 'JSON that says what the columns of a CSV mean.' },
    ruleset: { type: 'string', value: '<file>', help: 'Default: a small one that fits the format.' },
    store: {
      type: 'string',
      value: '<memory|sqlite>',
      help: 'Where profiles are kept; default memory, gone at the end.',
    },
    data: { type: 'string', value: '<folder>', help: 'The data folder of --store sqlite.' },
    consent: {
      type: 'string',
      value: '<purposes>',
      help: 'What these visitors granted, e.g. preferences,statistics.',
    },
    json: { type: 'boolean', help: 'Prints the report as one JSON document.' },
  },
  notes: [
    'Visitors are named by a keyed hash; addresses are never kept. The key is ATTUNE_SECRET, else made for this run.',
    'In memory everybody is taken to have granted preferences; --store sqlite wants to be told by --consent.',
    'Segments are sized at the time of the newest event. docs/replay.md tells how to write a mapping.',
  ],
  examples: [
    'attune replay access.log.gz',
    'attune replay --ruleset ruleset.json access.log',
    'attune replay --mapping mapping.json orders.csv.gz',
  ],
  async run(call, io): Promise<ExitCode> {
    const asked = readAsked(call, io)
    const file = call.arguments[0]!
    const names = {
      visitor: rememberPseudonym(createPseudonym(asked.secret, 'visitor')),
      event: createPseudonym(asked.secret, 'event'),
    }
    const format = { format: choiceOption(call, 'format', FORMATS), mapping: textOption(call, 'mapping') }
    const { input, source, ruleset: fitting } = await openSource(file, format, names)
    const ruleset = asked.ruleset ?? fitting
    if (ruleset === undefined)
      throw new CannotRun('The mapping takes event names from a column. Name a --ruleset that declares them.')
    const store = await openStore(asked.data, io.env)
    const progress = createProgress(io, input.totalBytes, 'events')
    try {
      const compiled = compileDocument(ruleset)
      const report = await runReplay(
        { file, input, source, compiled, store, consent: asked.consent, secret: asked.secret },
        { now: io.now, progress },
      )
      const canvas = { width: widthOf(io.stdout), style: styleFor(io.stdout, io.env) }
      const isJson = isSet(call, 'json')
      await write(
        io.stdout,
        isJson ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, ruleset.segments, canvas),
      )
      return 0
    } finally {
      progress.end()
      await store.close()
    }
  },
}

interface Asked {
  readonly ruleset: Ruleset | undefined
  readonly consent: Consent
  readonly secret: string
  /** The data folder; `undefined` for a store in memory. */
  readonly data: string | undefined
}

function readAsked(call: Call, io: Io): Asked {
  const isDurable = choiceOption(call, 'store', STORES) === 'sqlite'
  const [file, data, consent] = ['ruleset', 'data', 'consent'].map((name) => textOption(call, name))
  if (isDurable && data === undefined)
    throw new CannotRun('--store sqlite needs --data <folder> to keep profiles in.')
  if (!isDurable && data !== undefined)
    throw new CannotRun('--data is for --store sqlite. Say both, or leave it out.')
  if (isDurable && consent === undefined)
    throw new CannotRun(
      '--store sqlite keeps what visitors did. Say what they granted: --consent preferences.',
    )
  return {
    ruleset: file === undefined ? undefined : readRuleset(file),
    consent: readConsentOption(consent ?? 'preferences'),
    // What is kept must be named the same at the next run.
    secret: isDurable
      ? requireSecret(io.env, 'name visitors the same at every replay')
      : (readSecret(io.env) ?? randomBytes(32).toString('base64url')),
    data,
  }
}

async function openStore(folder: string | undefined, env: Io['env']): Promise<ProfileStore> {
  return folder === undefined ? createMemoryStore() : openKeyedDatabase(folder, env)
}
