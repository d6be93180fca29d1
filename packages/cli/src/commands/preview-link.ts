import { createSealKeys, parseInstant } from '@attune/core'
import { createPreview, type Preview } from '@attune/edge'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { requireSecret } from '../options/read-secret.ts'
import { SITE_OPTION } from '../options/site-option.ts'

const PREVIEW_PATH = '/attune/preview'
const DEFAULT_BASE = 'http://localhost:3000'
const DAY_HOURS = 24
const WEEK_HOURS = 7 * DAY_HOURS

/** `attune preview-link`: a signed link that shows the site as somebody else, or at another time. */
export const previewLink: Command = {
  name: 'preview-link',
  summary: 'Prints a signed link that opens the preview of a site.',
  arguments: [],
  options: {
    base: { type: 'string', value: '<url>', help: `Where the site is; default ${DEFAULT_BASE}.` },
    hours: {
      type: 'string',
      value: '<number>',
      help: `How long the preview lasts, 1 to ${WEEK_HOURS}; default ${DAY_HOURS}.`,
    },
    at: { type: 'string', value: '<instant>', help: 'Decides at another time, e.g. 2026-12-24T20:00:00Z.' },
    segment: { type: 'string', value: '<key>', multiple: true, help: 'Taken to match. Repeatable.' },
    'not-segment': {
      type: 'string',
      value: '<key>',
      multiple: true,
      help: 'Taken not to match. Repeatable.',
    },
    'new-visitor': { type: 'boolean', help: 'As somebody of whom nothing is known.' },
    site: SITE_OPTION,
  },
  notes: [
    'ATTUNE_SECRET signs the link. Whoever has it may preview until it ends: share it like a password.',
  ],
  examples: [
    'attune preview-link --base https://shop.example',
    'attune preview-link --segment high-intent --at 2026-12-24T20:00:00Z',
  ],
  async run(call, io): Promise<ExitCode> {
    await write(io.stdout, `${buildLink(call, io)}\n`)
    return 0
  },
}

function buildLink(call: Call, io: Io): string {
  const keys = createSealKeys(requireSecret(io.env, 'sign the link'))
  const url = new URL(PREVIEW_PATH, readBase(textOption(call, 'base') ?? DEFAULT_BASE))
  url.searchParams.set(
    'token',
    createPreview(keys, textOption(call, 'site') ?? 'site', readPreview(call, io.now())),
  )
  return url.href
}

function readPreview(call: Call, now: number): Preview {
  const hours = wholeOption(call, 'hours', { least: 1, most: WEEK_HOURS, fallback: DAY_HOURS })
  const assume = [
    ...textOptions(call, 'segment').map((key) => [key, true] as const),
    ...textOptions(call, 'not-segment').map((key) => [key, false] as const),
  ]
  const at = readInstant(textOption(call, 'at'))
  return {
    exp: Math.floor(now / 1000) + hours * 3600,
    ...(at === undefined ? {} : { now: at }),
    ...(assume.length === 0 ? {} : { assume: Object.fromEntries(assume) }),
    ...(isSet(call, 'new-visitor') ? { profile: 'empty' } : {}),
  }
}

function readBase(text: string): string {
  const base = URL.canParse(text) ? new URL(text) : undefined
  if (base !== undefined && /^https?:$/.test(base.protocol) && base.pathname === '/') return base.origin
  throw new CannotRun(
    `--base is ${JSON.stringify(text)}. Give scheme and host, for example https://shop.example.`,
  )
}

function readInstant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = parseInstant(text)
  if (seconds !== undefined) return seconds * 1000
  throw new CannotRun(
    `--at is ${JSON.stringify(text)}. Give a time with its zone, for example 2026-12-24T20:00:00Z.`,
  )
}
