import { createFormats, type FormatsOptions } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { type Call, CannotRun, type Command, isSet } from '../command.ts'
import type { Io } from '../io.ts'
import { noteRefused } from './note-refused.ts'
import type { NodeHandler } from './open-server.ts'
import type { NoteRefusal } from './record-refusals.ts'

export const SEGMENT_BATCH_PATH = '/attune/in/v1/batch'
export const SEGMENT_TRACK_PATH = '/attune/in/v1/track'
export const SEGMENT_PAGE_PATH = '/attune/in/v1/page'
export const SEGMENT_SCREEN_PATH = '/attune/in/v1/screen'
export const SEGMENT_IDENTIFY_PATH = '/attune/in/v1/identify'
export const SEGMENT_GROUP_PATH = '/attune/in/v1/group'
export const SEGMENT_ALIAS_PATH = '/attune/in/v1/alias'
export const GA4_PATH = '/attune/in/mp/collect'
export const GA4_DEBUG_PATH = '/attune/in/debug/mp/collect'
export const SNOWPLOW_PATH = '/attune/in/com.snowplowanalytics.snowplow/tp2'
export const SNOWPLOW_PIXEL_PATH = '/attune/in/i'

/** Where other tools' formats are heard. */
export const FORMATS: readonly string[] = [
  SEGMENT_BATCH_PATH,
  SEGMENT_TRACK_PATH,
  SEGMENT_PAGE_PATH,
  SEGMENT_SCREEN_PATH,
  SEGMENT_IDENTIFY_PATH,
  SEGMENT_GROUP_PATH,
  SEGMENT_ALIAS_PATH,
  GA4_PATH,
  GA4_DEBUG_PATH,
  SNOWPLOW_PATH,
  SNOWPLOW_PIXEL_PATH,
]

/** The option that opens them. */
export const FORMATS_OPTIONS: Command['options'] = {
  formats: {
    type: 'boolean',
    help: 'Hears Segment’s HTTP API and GA4’s Measurement Protocol at /attune/in, from whoever has a key of ATTUNE_WRITE_KEYS or ATTUNE_API_SECRETS.',
  },
}

/** Who may send what. */
export type FormatKeys = Required<Pick<FormatsOptions, 'writeKeys' | 'apiSecrets'>>

const LEAST = 16

/**
 * The keys from ATTUNE_WRITE_KEYS (`key,key`) and ATTUNE_API_SECRETS (`G-SHOP=secret,…`); `undefined` without `--formats`.
 * @throws CannotRun when there is no key, or one is short.
 */
export function readFormatKeys(call: Call, env: Io['env']): FormatKeys | undefined {
  if (!isSet(call, 'formats')) return undefined
  const writeKeys = listOf(env.ATTUNE_WRITE_KEYS)
  const pairs = listOf(env.ATTUNE_API_SECRETS).map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)]
  })
  const isShort = [...writeKeys, ...pairs.map(([, secret]) => secret)].some(({ length }) => length < LEAST)
  // No key is repeated here: it is a secret.
  if (isShort || pairs.some(([id]) => id === '')) {
    throw new CannotRun(
      `ATTUNE_WRITE_KEYS is keys with commas between, ATTUNE_API_SECRETS G-SHOP=secret likewise, each of at least ${LEAST} characters.`,
    )
  }
  if (writeKeys.length + pairs.length === 0) {
    throw new CannotRun(
      '--formats lets nobody in without a key. Set ATTUNE_WRITE_KEYS or ATTUNE_API_SECRETS.',
    )
  }
  return { writeKeys, apiSecrets: Object.fromEntries(pairs) }
}

/** What hears them; who gives no right key is written down. */
export function hearFormats(options: FormatsOptions, note?: NoteRefusal): NodeHandler {
  const { handle } = createFormats(options)
  // The gate lets nothing else in than these paths.
  return createNodeHandler(noteRefused(({ url }: Request) => new URL(url).pathname, handle, note))
}

function listOf(text = ''): readonly string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}
