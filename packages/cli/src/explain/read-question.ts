import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type AttuneEvent,
  type CompiledRuleset,
  EXPOSURE,
  emptyProfile,
  IDENTIFY,
  isObject,
  type Json,
  type Profile,
  parseVisitorId,
  type Question,
  type Ruleset,
} from '@attune/core'
import { readJson } from '@attune/core/json'
import { type Call, CannotRun, textOption } from '../command.ts'
import { MAX_LINE } from '../evaluate/answer-line.ts'
import { foldCase } from '../evaluate/evaluate-case.ts'
import { type Case, parseCase } from '../evaluate/parse-case.ts'
import { createRulesetCache } from '../evaluate/ruleset-cache.ts'
import { type Io, write } from '../io.ts'
import { DATABASE, openKeyedDatabase } from '../options/open-database.ts'
import { writeDownWhereNamed } from '../rights/write-down.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { didYouMean } from '../terminal/near-name.ts'
import { printable } from '../terminal/style.ts'

/** What is asked, and the compiled ruleset that answers. */
export interface Asked {
  readonly compiled: CompiledRuleset
  readonly question: Question
}

/**
 * Reads whom to explain: the case of a file, a stored visitor, or a stored visitor in the context of a case.
 * @throws CannotRun when neither is named or one cannot be read.
 */
export async function readQuestion(call: Call, ruleset: Ruleset, io: Io): Promise<Asked> {
  const file = textOption(call, 'case')
  const visitor = textOption(call, 'visitor')
  if (file === undefined && visitor === undefined) {
    throw new CannotRun(
      'Whom to explain is not said. Give --case <file>, or --visitor <id> and --data <folder>.',
    )
  }
  const asked = readCase(file === undefined ? defaultCase(io.now()) : await readDocument(file), ruleset)
  if (visitor === undefined) await tellStrangers(asked.events, ruleset, io)
  const { compiled, context, consent, now } = asked
  const profile = visitor === undefined ? foldCase(asked) : await loadProfile(visitor, compiled, call, io)
  return { compiled, question: { profile, context, consent, now } }
}

// A mistyped event is no error, as sites may send what no ruleset reads; and yet it explains an answer.
async function tellStrangers(
  events: readonly AttuneEvent[],
  { events: declared = {} }: Ruleset,
  io: Io,
): Promise<void> {
  const known = [...Object.keys(declared), EXPOSURE, IDENTIFY]
  const names = [...new Set(events.map(({ name }) => name))].filter((name) => !known.includes(name))
  if (names.length === 0) return
  const told = names.map((name) => `${JSON.stringify(name)}.${didYouMean(name, known)}`)
  const text = `The ruleset does not declare these events of the case:\n${told.map((line) => `  ${printable(line)}\n`).join('')}`
  await write(io.stderr, text)
}

// A stored visitor allowed what was stored.
function defaultCase(now: number): { readonly [field: string]: Json } {
  return {
    now,
    consent: { preferences: true, statistics: true, marketing: true, 'statistics-anonymous': true },
  }
}

async function readDocument(file: string): Promise<{ readonly [field: string]: Json }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new CannotRun(describeFileTrouble(file, error))
  })
  const text = decodeUtf8(bytes)
  const read = text === undefined ? undefined : readJson(text, MAX_LINE)
  if (read?.ok && isObject(read.value)) return read.value as { readonly [field: string]: Json }
  const why =
    read === undefined ? 'It is not UTF-8.' : read.ok ? 'A case is an object.' : read.problems[0]?.message
  throw new CannotRun(`The case ${JSON.stringify(file)} cannot be read. ${why}`)
}

function readCase(given: { readonly [field: string]: Json }, ruleset: Ruleset): Case {
  // Segments have no buckets, so whoever is asked about needs no id. A checked ruleset is JSON.
  const whole = { visitor: 'somebody', ...given, ruleset: ruleset as unknown as Json }
  const parsed = parseCase(whole, createRulesetCache())
  if (parsed.ok) return parsed.value
  const [first] = parsed.problems
  throw new CannotRun(`The case is not sound. ${first?.path}: ${first?.message}`)
}

async function loadProfile(visitor: string, { plan }: CompiledRuleset, call: Call, io: Io): Promise<Profile> {
  const parsed = parseVisitorId(visitor)
  if (!parsed.ok) throw new CannotRun(`--visitor: ${parsed.problems[0]?.message}`)
  const folder = textOption(call, 'data') ?? io.env.ATTUNE_DATA
  if (!folder) throw new CannotRun('--data <folder> is missing. Name the folder that holds the visitors.')
  // Opening would make one.
  const database = join(folder, DATABASE)
  if (!existsSync(database))
    throw new CannotRun(`There is no file ${JSON.stringify(database)}. Check the path.`)
  const store = await openKeyedDatabase(folder, io.env)
  try {
    const profile = await writeDownWhereNamed(
      call,
      io,
      { action: 'profile.read', subject: visitor },
      async () => {
        const value = await store.load(visitor, plan)
        return { value, counts: { profiles: value === null ? 0 : 1 } }
      },
    )
    if (profile === null)
      await write(io.stderr, 'Nobody has heard of this visitor: what is said is of somebody new.\n')
    return profile ?? emptyProfile(plan)
  } finally {
    await store.close()
  }
}
