import { readFileSync } from 'node:fs'
import type { Quarantine, RehearsingStore } from '@attune/storage'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  wholeOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { openDatabase } from '../options/open-database.ts'
import { openRedisStore, redisPlace } from '../options/open-redis.ts'
import { DEFAULT_DATA } from '../options/open-store.ts'
import { readConsentOption } from '../options/read-consent.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { type Fixes, parseFixes } from '../quarantine/fixes.ts'
import { renderLines, renderList } from '../quarantine/render-list.ts'
import { type ReplayedRejections, replayRejections } from '../quarantine/replay-rejections.ts'
import { STORE_OPTIONS } from '../rights/open-places.ts'
import { AUDIT_OPTIONS, writeDownWhereNamed } from '../rights/write-down.ts'
import { widthOf } from '../terminal/style.ts'

// What a correction of names, types or the ruleset can mend.
const MENDABLE = ['unknown-event', 'wrong-type', 'missing-field', 'too-large']
const ACTIONS = ['list', 'replay']

/** `attune quarantine`: shows refused events, and takes them in once they or the ruleset are corrected. */
export const quarantine: Command = {
  name: 'quarantine',
  summary: 'Shows refused events, and replays them corrected.',
  arguments: [{ name: 'action', help: 'list or replay; default list.', fallback: 'list' }],
  options: {
    ...STORE_OPTIONS,
    ...AUDIT_OPTIONS,
    reason: {
      type: 'string',
      value: '<reason>',
      help: `Of this reason alone; replay takes ${MENDABLE.join(', ')}.`,
    },
    limit: { type: 'string', value: '<count>', help: 'How many list shows; default 50.' },
    ruleset: {
      type: 'string',
      value: '<file>',
      help: 'replay: the corrected ruleset. Default ruleset.json.',
    },
    fix: {
      type: 'string',
      value: '<file>',
      help: 'replay: JSON that says what mends events, by their names.',
    },
    consent: { type: 'string', value: '<purposes>', help: 'replay: what these visitors grant today.' },
    'dry-run': { type: 'boolean', help: 'replay: says what would become of them, and keeps nothing.' },
    json: {
      type: 'boolean',
      help: 'Prints JSON: a line for each event with all that is kept of it, or the counts.',
    },
  },
  notes: [
    'An event is replayed as of when it came. What is accepted leaves the quarantine, what is refused again stays.',
    'Without a visitor, for lack of consent, nothing can be replayed. What may not be kept at all is counted, and not listed.',
    'Written down where a log is named: --audit, or ATTUNE_AUDIT_LOG.',
  ],
  examples: [
    'attune quarantine --reason unknown-event',
    'attune quarantine replay --fix fixes.json --consent preferences --dry-run',
  ],
  async run(call, io): Promise<ExitCode> {
    const [action = 'list'] = call.arguments
    if (!ACTIONS.includes(action))
      throw new CannotRun(`There is nothing called ${action}. Say list or replay.`)
    const replay = action === 'replay' ? readReplay(call) : undefined
    const store = openQuarantine(call, io.env)
    try {
      if (replay === undefined) await list(store, call, io)
      else {
        const report = await writeDownWhereNamed(call, io, { action: 'rejected.replay' }, async () => {
          const value = await replayRejections({ store, ...replay })
          return { value, counts: { accepted: value.accepted, duplicates: value.duplicates } }
        })
        const text = isSet(call, 'json') ? `${JSON.stringify(report)}\n` : renderReport(report, replay.isDry)
        await write(io.stdout, text)
        return Object.keys(report.refused).length > 0 ? 1 : 0
      }
      return 0
    } finally {
      await store.close()
    }
  },
}

function openQuarantine(call: Call, env: Io['env']): RehearsingStore & Quarantine {
  const data = textOption(call, 'data')
  const place = data === undefined ? redisPlace(call, env) : undefined
  if (place !== undefined) return openRedisStore(place, () => {})
  return openDatabase(data ?? (env.ATTUNE_DATA || DEFAULT_DATA))
}

function readReplay(call: Call) {
  const consent = textOption(call, 'consent')
  if (consent === undefined) {
    throw new CannotRun('A replay keeps what visitors did. Say what they grant today: --consent preferences.')
  }
  const reason = textOption(call, 'reason')
  if (reason !== undefined && !MENDABLE.includes(reason)) {
    throw new CannotRun(`Nothing mends ${reason}. Choose one of ${MENDABLE.join(', ')}.`)
  }
  const fix = textOption(call, 'fix')
  return {
    ruleset: readRuleset(textOption(call, 'ruleset') ?? 'ruleset.json'),
    fixes: fix === undefined ? {} : readFixes(fix),
    consent: readConsentOption(consent),
    reasons: reason === undefined ? MENDABLE : [reason],
    isDry: isSet(call, 'dry-run'),
  }
}

function readFixes(file: string): Fixes {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CannotRun(
      `${file} cannot be read as JSON. ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const parsed = parseFixes(value)
  if (parsed.ok) return parsed.value
  const [first] = parsed.problems
  throw new CannotRun(`${file}: ${first?.path}: ${first?.message}`)
}

async function list(store: RehearsingStore & Quarantine, call: Call, io: Io): Promise<void> {
  const most = wholeOption(call, 'limit', { least: 1, most: 10_000, fallback: 50 })
  const query = { reason: textOption(call, 'reason'), after: 0, most: 10_000 }
  const { shown, ...all } = await writeDownWhereNamed(call, io, { action: 'rejected.read' }, async () => {
    const refused = await store.listRejected(query)
    // Of what may not be kept, for lack of consent or of a visitor, there is but its reason and its time.
    const kept = refused.filter(({ event }) => event !== '')
    const value = { shown: kept.slice(-most), kept: kept.length, counted: refused.length - kept.length }
    return { value, counts: { rejected: value.shown.length } }
  })
  const text = isSet(call, 'json') ? renderLines(shown) : renderList(shown, all, widthOf(io.stdout))
  await write(io.stdout, text)
}

function renderReport({ accepted, duplicates, refused, left }: ReplayedRejections, isDry: boolean): string {
  const line = (title: string, count: number): string => `  ${title.padEnd(30)}${count}\n`
  const lines = (title: string, counts: { readonly [name: string]: number }): readonly string[] =>
    Object.entries(counts).map(([name, count]) => line(`${title}: ${name}`, count))
  const head = isDry ? 'What a replay would do:\n' : 'Replayed:\n'
  const taken = [line('accepted', accepted), line('known already', duplicates)]
  return [head, ...taken, ...lines('refused again', refused), ...lines('left', left)].join('')
}
