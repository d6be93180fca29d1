import { chanceBytes } from '../chance-bytes.ts'
import { createSlots } from '../slots.ts'
import { blockOf } from './address-block.ts'
import { createClientAddress } from './client-address.ts'

/** What requests are counted by. `address` is a block of addresses, `key` the write key of a server. */
export type LimitedBy = 'address' | 'key' | 'visitor'

/** A bucket that fills at a rate and is emptied by requests. */
export interface Rate {
  /** Requests a second, in the long run. */
  readonly perSecond: number
  /** Requests at once after a rest. */
  readonly burst: number
}

/** How many requests are let through; a dimension that is left out keeps its default, `false` counts nothing by it. */
export interface LimiterOptions {
  /** Default 200 a second, 2,000 at once: behind one block there may be a whole town. */
  readonly address?: Rate | false | undefined
  /** Default none: a server with a key of ours is limited by agreement. */
  readonly key?: Rate | false | undefined
  /** Default 5 a second, 50 at once; the tracker sends a batch every few seconds. */
  readonly visitor?: Rate | false | undefined
  /** How many keys of each dimension are remembered, 16 bytes each, rounded up to a power of two. Default 131,072. */
  readonly keys?: number | undefined
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
  /** For the hash of the keys, and for spreading those who come again. Default `crypto.getRandomValues`. */
  readonly randomBytes?: ((count: number) => Uint8Array) | undefined
  /** The proxies whose `X-Forwarded-For` is believed: addresses and ranges such as `10.0.0.0/8`. Default none. */
  readonly trustedProxies?: readonly string[] | undefined
}

/** Who asks; what is not known is not counted by. */
export type Asker = { readonly [by in LimitedBy]?: string | undefined }

/** Why a request is not let through. */
export interface Limited {
  readonly by: LimitedBy
  /** Whole seconds after which it would be, and up to as many on top, by chance. */
  readonly retryAfter: number
}

/** Counts requests. */
export interface Limiter {
  /** The block of addresses of a request's client; `undefined` when nobody knows. `peer` is the connection's address. */
  blockOf(peer: string | undefined, forwarded: string | null): string | undefined
  /** Takes one request from every bucket of the asker, or from none and says which is empty. */
  take(asker: Asker): Limited | undefined
}

const DEFAULTS: { readonly [by in LimitedBy]: Rate | false } = {
  address: { perSecond: 200, burst: 2_000 },
  key: false,
  visitor: { perSecond: 5, burst: 50 },
}
const ORDER: readonly LimitedBy[] = ['address', 'key', 'visitor']

/**
 * Creates a limiter of token buckets in memory that never grows, each as the one number of the generic cell rate algorithm (ITU-T I.371,
 * virtual scheduling): when the bucket will be full again. The fullest bucket is forgotten first, which is the one that says least.
 * @throws when a rate is not above 0 or a trusted proxy is no address.
 */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  const {
    clock = () => performance.now(),
    randomBytes = chanceBytes,
    keys = 131_072,
    trustedProxies,
  } = options
  const clientOf = createClientAddress(trustedProxies)
  const buckets = ORDER.flatMap((by) => {
    const rate = options[by] ?? DEFAULTS[by]
    if (rate === false) return []
    const seed = new Uint32Array(randomBytes(8).slice().buffer)
    return [{ by, bucket: createBuckets(by, rate, keys, seed) }]
  })
  const begun = clock()

  return {
    blockOf: (peer, forwarded) => {
      const client = clientOf(peer, forwarded)
      return client === undefined ? undefined : blockOf(client)
    },
    take: (asker) => {
      // Above 0, as a place that is held must be.
      const now = Math.max(0, clock() - begun) + 1
      const asked = buckets.flatMap(({ by, bucket }) => {
        const name = asker[by]
        return name === undefined ? [] : [{ by, bucket, slot: bucket.slotOf(name) }]
      })
      for (const { by, bucket, slot } of asked) {
        const wait = bucket.wait(slot, now)
        if (wait > 0) return { by, retryAfter: spread(Math.ceil(wait / 1000), randomBytes) }
      }
      for (const { bucket, slot } of asked) bucket.take(slot, now)
      return undefined
    },
  }
}

// All who were sent away at once would come back at once.
function spread(seconds: number, randomBytes: (count: number) => Uint8Array): number {
  const [chance = 0] = randomBytes(1)
  return seconds + Math.round((Math.max(1, seconds) * chance) / 255)
}

interface Buckets {
  slotOf(name: string): number
  /** Milliseconds until there is one in it; 0 when there is. */
  wait(slot: number, now: number): number
  take(slot: number, now: number): void
}

function createBuckets(by: LimitedBy, { perSecond, burst }: Rate, keys: number, seed: Uint32Array): Buckets {
  if (!(perSecond > 0 && burst >= 1)) {
    throw new Error(
      `[collector] limits: \`${by}\` lets ${perSecond} a second and ${burst} at once through. Give a rate above 0 and a burst of 1 or more.`,
    )
  }
  const slots = createSlots(keys, seed)
  const { stamps } = slots
  const interval = 1000 / perSecond
  // A bucket that is full again at `stamp` lacks so many intervals until then.
  const most = (burst - 1) * interval
  return {
    slotOf: slots.take,
    // Halves of a microsecond come of adding intervals.
    wait: (slot, now) => {
      const wait = stamps[slot]! - now - most
      return wait > 1e-6 ? wait : 0
    },
    take: (slot, now) => {
      stamps[slot] = Math.max(stamps[slot]!, now) + interval
    },
  }
}
