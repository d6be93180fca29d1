import type { ProfileReader, ProfileStore } from '@attune/storage'
import { guardReader } from '@attune/storage/guard'
import { createRedisStore } from '@attune/storage/redis'
import { createUpstashReader, createUpstashStore } from '@attune/storage/upstash'

const {
  ATTUNE_REDIS_URL,
  UPSTASH_REDIS_REST_URL,
  UPSTASH_REDIS_REST_TOKEN,
  UPSTASH_REDIS_REST_READONLY_TOKEN = UPSTASH_REDIS_REST_TOKEN,
} = process.env

const NOWHERE =
  'Nothing says where profiles are: set ATTUNE_REDIS_URL, or UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.'

const onError = (error: Error): void => console.error(error.message)

/** Opens the profiles for whoever writes them: in Upstash where the environment names one, else in Redis. */
export function openStore(): ProfileStore {
  if (UPSTASH_REDIS_REST_URL !== undefined)
    return createUpstashStore({ url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_TOKEN })
  if (!ATTUNE_REDIS_URL) throw new Error(`${NOWHERE} Until then no events are taken.`)
  return createRedisStore({ url: ATTUNE_REDIS_URL, onError })
}

/** Opens them for pages, which wait for nothing while they cannot be read, and are shown without any as well. */
export function openReader(): ProfileReader | undefined {
  if (UPSTASH_REDIS_REST_URL !== undefined)
    return guardReader(
      createUpstashReader({ url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_READONLY_TOKEN }),
    )
  if (ATTUNE_REDIS_URL) return guardReader(createRedisStore({ url: ATTUNE_REDIS_URL, onError, warm: true }))
  console.error(`${NOWHERE} Until then pages take everybody for a newcomer.`)
  return undefined
}
