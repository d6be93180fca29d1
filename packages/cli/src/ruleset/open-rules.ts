import type { PublishedRuleset } from '@attune/core'
import { createEdgeConfigRuleset } from '@attune/storage/ruleset-edge-config'
import { createHttpRuleset } from '@attune/storage/ruleset-http'
import { createRedisRuleset } from '@attune/storage/ruleset-redis'
import type { RulesetSource } from '@attune/storage/ruleset-source'
import { createUpstashRuleset } from '@attune/storage/ruleset-upstash'
import { type Call, CannotRun, type Command, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { readSecret, requireSecret } from '../options/read-secret.ts'
import { redisAddress } from '../publish/redis-address.ts'
import { requireVariable } from '../publish/require-variable.ts'
import type { Log } from '../telemetry/log.ts'
import { redactRuleset } from '../telemetry/redact.ts'
import { createRulesFile } from './create-rules-file.ts'

/** The options that name a ruleset which is followed. */
export const RULES_OPTIONS: Command['options'] = {
  ruleset: {
    type: 'string',
    value: '<place>',
    help: 'A file, https://… or a target of `attune publish`: edge-config, redis, upstash. It is followed while it changes. Required.',
  },
  'ruleset-key': {
    type: 'string',
    value: '<key>',
    help: 'edge-config: the item; default attune. redis, upstash: the key; default attune:ruleset.',
  },
}

/** A ruleset that is followed while a command runs. */
export interface Rules {
  readonly source: RulesetSource
  /** Has something made of each ruleset before it is in force, and gives what was made of the one that is. What cannot be made keeps a new one out. @throws CannotRun when it cannot be made of the present one. */
  use<Made>(make: (ruleset: PublishedRuleset) => Made): () => Made
  /** Looks for changes from now on. */
  follow(): void
  close(): void
}

interface Place {
  readonly call: Call
  readonly env: Io['env']
  readonly onError: (error: unknown, step: string) => void
}

// So often a source may look; how often it does it knows itself.
const LOOK_MS = 1_000

/** Opens the ruleset that the options name; resolves when there is one. @throws CannotRun, with the cure, when there is none. */
export async function openRules(call: Call, env: Io['env'], log: Log): Promise<Rules> {
  let isOpen = false
  const onError: Place['onError'] = (error, step) => {
    if (isOpen) log.trouble(step, error, redactRuleset)
  }
  const source = sourceOf({ call, env, onError })
  await source.load().catch((error: unknown) => {
    throw new CannotRun(error instanceof Error ? error.message : String(error))
  })
  isOpen = true
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    source,
    use: (make) => use(source, make),
    follow: () => {
      tellChanges(source, log)
      // Why there is no good answer, the source says.
      timer = setInterval(() => void source.load().catch(() => {}), LOOK_MS)
      timer.unref()
    },
    close: () => clearInterval(timer),
  }
}

function use<Made>(source: RulesetSource, make: (ruleset: PublishedRuleset) => Made): () => Made {
  const made: Made[] = []
  source.follow((ruleset) => {
    const next = make(ruleset)
    return () => {
      made[0] = next
    }
  })
  // Why, the source has said.
  if (made.length === 0) throw new CannotRun('The ruleset cannot be used here; the line above says why.')
  return () => made[0]!
}

function tellChanges(source: RulesetSource, log: Log): void {
  let before: string | undefined
  source.follow(({ revision }) => () => {
    const message = `The ruleset ${revision} is in force; it was ${before}.`
    if (before !== undefined) void log.tell('ruleset', message, { revision })
    before = revision
  })
}

const STORED: { readonly [place: string]: (place: Place) => RulesetSource } = {
  'edge-config': ({ call, env, onError }) =>
    createEdgeConfigRuleset({
      connectionString: requireVariable(env, 'EDGE_CONFIG', 'the connection string of the Edge Config'),
      key: textOption(call, 'ruleset-key'),
      secret: secretOf(env),
      onError,
    }),
  redis: ({ call, env, onError }) =>
    createRedisRuleset({
      url: redisAddress(env, textOption(call, 'redis')),
      key: textOption(call, 'ruleset-key'),
      secret: secretOf(env),
      onError,
    }),
  upstash: ({ call, env, onError }) =>
    createUpstashRuleset({
      url: requireVariable(env, 'UPSTASH_REDIS_REST_URL', 'the REST address of the database'),
      token: requireVariable(env, 'UPSTASH_REDIS_REST_TOKEN', 'a token that may read'),
      key: textOption(call, 'ruleset-key'),
      secret: secretOf(env),
      onError,
    }),
}

function sourceOf(place: Place): RulesetSource {
  const { call, env, onError } = place
  const named = textOption(call, 'ruleset')
  if (named === undefined)
    throw new CannotRun(
      '--ruleset <place> is missing. Name the ruleset that the site runs with: a file, say.',
    )
  const open = Object.hasOwn(STORED, named) ? STORED[named] : undefined
  if (open !== undefined) return open(place)
  if (textOption(call, 'ruleset-key') !== undefined)
    throw new CannotRun(`--ruleset-key means nothing to ${JSON.stringify(named)}. Leave it out.`)
  if (/^https?:\/\//.test(named)) return createHttpRuleset({ url: named, secret: secretOf(env), onError })
  return createRulesFile({ path: named, secret: readSecret(env), onError })
}

function secretOf(env: Io['env']): string {
  return requireSecret(env, 'tell who published the ruleset')
}
