import { type CollectorOptions, createGpcAnswer } from '@attune/collector'
import type { AccessKey } from '@attune/collector/roles'
import {
  type Call,
  CannotRun,
  type Command,
  isSet,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import type { Io } from '../io.ts'
import { ERASED_OPTION } from '../options/erased-file.ts'
import { CONSENT_DATABASE } from '../options/open-consent-log.ts'
import { DATABASE } from '../options/open-database.ts'
import { REDIS_OPTION } from '../options/open-redis.ts'
import { DEFAULT_DATA, PARTITIONS } from '../options/open-store.ts'
import { CONSENT_RULES_OPTIONS, readConsentRules, readPlaceHeaders } from '../options/read-consent-rules.ts'
import { readKeys } from '../options/read-keys.ts'
import { KEEP_PARAMETER_OPTION, readRedaction } from '../options/read-redaction.ts'
import { readServerSecret, requireSecret } from '../options/read-secret.ts'
import { SITE_OPTION } from '../options/site-option.ts'
import { RULES_OPTIONS } from '../ruleset/open-rules.ts'
import { WATCH_OPTIONS } from '../telemetry/watch.ts'
import { IDENTITY_OPTIONS } from './answer-identity.ts'
import { readBelievesUnknown, UNKNOWN_CONSENT_OPTIONS } from './consent-today.ts'
import { FORMATS_OPTIONS, type FormatKeys, readFormatKeys } from './open-formats.ts'
import { QUALITY_OPTIONS } from './open-quality.ts'
import { SOCKET_OPTIONS } from './open-sockets.ts'
import { createPlaceReader } from './read-place.ts'
import { PROOF_DAYS } from './sweep-proofs.ts'

const DAY = 86_400_000
const DEFAULT_PORT = 8787
const DEFAULT_HOST = '127.0.0.1'
// Whoever restarts processes kills them after a while: systemd after 90 seconds, Kubernetes after 30 unless told otherwise.
const MOST_DRAIN = 300

/** Every option of `attune serve`. */
export const SERVE_OPTIONS: Command['options'] = {
  ...RULES_OPTIONS,
  data: {
    type: 'string',
    value: '<folder>',
    help: `Holds ${DATABASE} and ${CONSENT_DATABASE}; default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
  },
  redis: REDIS_OPTION,
  queue: { type: 'boolean', help: 'Leaves folding to `attune work`: events wait in the same Redis.' },
  partitions: {
    type: 'string',
    value: '<number>',
    help: `Of the queue, as \`attune work\` is told. Default ${PARTITIONS.fallback}.`,
  },
  port: { type: 'string', value: '<number>', help: `Default ${DEFAULT_PORT}; 0 takes any free one.` },
  host: { type: 'string', value: '<address>', help: `Default ${DEFAULT_HOST}: only this machine.` },
  origin: {
    type: 'string',
    value: '<origin>',
    multiple: true,
    help: 'Another origin whose pages may send, e.g. https://shop.example. Repeatable.',
  },
  site: SITE_OPTION,
  erased: ERASED_OPTION,
  ...CONSENT_RULES_OPTIONS,
  ...UNKNOWN_CONSENT_OPTIONS,
  'keep-parameter': KEEP_PARAMETER_OPTION,
  gpc: {
    type: 'string',
    value: '<day>',
    help: 'Answers /.well-known/gpc.json: since that day the site keeps to Global Privacy Control. Default: 404.',
  },
  proofs: {
    type: 'string',
    value: '<days>',
    help: `Deletes proofs of consent that are older, but for what stands behind a consent of today. Default ${PROOF_DAYS}.`,
  },
  metrics: {
    type: 'boolean',
    help: 'Answers /metrics (Prometheus) at its own port as well. Default: off.',
  },
  drain: {
    type: 'string',
    value: '<seconds>',
    help: 'Goes on so long after the signal while /healthz says 503, so that a load balancer sends elsewhere first. Default 0.',
  },
  ...FORMATS_OPTIONS,
  ...IDENTITY_OPTIONS,
  ...SOCKET_OPTIONS,
  ...QUALITY_OPTIONS,
  ...WATCH_OPTIONS,
}

/** What was said of them, where no part of the server reads its own. */
export interface ServeOptions {
  readonly collector: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly gpc: (() => Response) | undefined
  readonly believesUnknown: boolean
  readonly serverSecret: string | undefined
  readonly formatKeys: FormatKeys | undefined
  /** Milliseconds. */
  readonly proofsKept: number
  readonly keys: readonly AccessKey[]
  readonly host: string
  readonly port: number
  /** Seconds. */
  readonly drain: number
}

/** Reads what the command line and the environment say. @throws CannotRun with the cure when something of it cannot be. */
export function readServeOptions(call: Call, env: Io['env']): ServeOptions {
  const site = textOption(call, 'site')
  const place = readPlaceHeaders(call)
  const hasSockets = isSet(call, 'sockets')
  const knowsPlace = place !== undefined || hasSockets
  return {
    collector: {
      secret: requireSecret(env, 'sign cookies'),
      allowedOrigins: textOptions(call, 'origin').map(checkOrigin),
      ...(site && { site }),
      ...readConsentRules(call, place !== undefined),
      ...readRedaction(call),
      // Pages that ask what their placements show now are answered as they were decided.
      ...(knowsPlace && { context: createPlaceReader(place, hasSockets) }),
    },
    gpc: readGpc(call),
    believesUnknown: readBelievesUnknown(call),
    serverSecret: readServerSecret(env),
    formatKeys: readFormatKeys(call, env),
    proofsKept: wholeOption(call, 'proofs', { least: 1, most: 36_500, fallback: PROOF_DAYS }) * DAY,
    keys: readKeys(env),
    host: textOption(call, 'host') ?? DEFAULT_HOST,
    port: wholeOption(call, 'port', { least: 0, most: 65_535, fallback: DEFAULT_PORT }),
    drain: wholeOption(call, 'drain', { least: 0, most: MOST_DRAIN, fallback: 0 }),
  }
}

function readGpc(call: Call): (() => Response) | undefined {
  const lastUpdate = textOption(call, 'gpc')
  if (lastUpdate === undefined) return undefined
  try {
    return createGpcAnswer({ lastUpdate })
  } catch {
    throw new CannotRun(`--gpc is ${JSON.stringify(lastUpdate)}. Name a day, as in 2026-11-22.`)
  }
}

function checkOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null' && /^https?:/.test(origin) && text.replace(/\/$/, '') === origin) return origin
  throw new CannotRun(
    `--origin is ${JSON.stringify(text)}. Give scheme and host, for example https://shop.example.`,
  )
}
