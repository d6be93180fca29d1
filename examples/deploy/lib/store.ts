import type { ProfileReader, ProfileStore } from '@attune/storage'
import { guardReader } from '@attune/storage/guard'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createRedisStore } from '@attune/storage/redis'
import { createUpstashReader, createUpstashStore } from '@attune/storage/upstash'

const {
  ATTUNE_KEYS_AT_REST,
  ATTUNE_REDIS_URL,
  UPSTASH_REDIS_REST_URL,
  UPSTASH_REDIS_REST_TOKEN,
  UPSTASH_REDIS_REST_READONLY_TOKEN = UPSTASH_REDIS_REST_TOKEN,
} = process.env

const NOWHERE =
  'Nothing says where profiles are: set ATTUNE_REDIS_URL, or UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.'

const onError = (error: Error): void => console.error(error.message)

/** Opens the profiles for whoever writes them, kept under HMACs of the visitors' ids: in Upstash where the environment names one, else in Redis. */
export function openStore(): ProfileStore {
  if (UPSTASH_REDIS_REST_URL !== undefined) {
    const store = createUpstashStore({ url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_TOKEN })
    return withPseudonyms(store, ATTUNE_KEYS_AT_REST)
  }
  if (!ATTUNE_REDIS_URL) throw new Error(`${NOWHERE} Until then no events are taken.`)
  return withPseudonyms(createRedisStore({ url: ATTUNE_REDIS_URL, onError }), ATTUNE_KEYS_AT_REST)
}

/** Opens them for pages, which wait for nothing while they cannot be read, and are shown without any as well. */
export function openReader(): ProfileReader | undefined {
  if (UPSTASH_REDIS_REST_URL !== undefined) {
    const reader = createUpstashReader({
      url: UPSTASH_REDIS_REST_URL,
      token: UPSTASH_REDIS_REST_READONLY_TOKEN,
    })
    return guardReader(withPseudonyms(reader, ATTUNE_KEYS_AT_REST))
  }
  if (ATTUNE_REDIS_URL) {
    const store = createRedisStore({ url: ATTUNE_REDIS_URL, onError, warm: true })
    return guardReader(withPseudonyms(store, ATTUNE_KEYS_AT_REST))
  }
  console.error(`${NOWHERE} Until then pages take everybody for a newcomer.`)
  return undefined
}
