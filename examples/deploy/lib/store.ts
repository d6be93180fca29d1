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

const onError = (error: Error): void => console.error(error.message)

/** Opens the profiles for whoever writes them: in Upstash where the environment names one, else in Redis. */
export function openStore(): ProfileStore {
  if (UPSTASH_REDIS_REST_URL === undefined) return createRedisStore({ url: ATTUNE_REDIS_URL, onError })
  return createUpstashStore({ url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_TOKEN })
}

/** Opens them for pages, which wait for nothing while they cannot be read. */
export function openReader(): ProfileReader {
  if (UPSTASH_REDIS_REST_URL === undefined) return guardReader(openStore())
  return guardReader(
    createUpstashReader({ url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_READONLY_TOKEN }),
  )
}
