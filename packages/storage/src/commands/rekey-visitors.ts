import type { RedisRekeyResult, RekeySettings } from '../rekey-result.ts'
import { keyNameOf } from '../rights/key-name.ts'
import { isErased, isMoved, StoreBusyError } from '../store-error.ts'
import { askEach } from './ask-each.ts'
import { eraseWhole } from './erase-visitor.ts'
import { inLanes } from './in-lanes.ts'
import type { RedisCommand } from './redis-commands.ts'
import { plainNames, rekeyRefused } from './rekey-refused.ts'
import {
  bringOver,
  isPlain,
  type Rekeying,
  rekeyVisitor,
  renameAbsorbed,
  renameTarget,
} from './rekey-visitor.ts'
import { visitorIn } from './store-keys.ts'
import type { StoreSpace } from './store-space.ts'
import { writeAllAnew } from './write-files-anew.ts'

/** Milliseconds for one visitor: nobody waits for it, and a service that is slow is no reason to give up. */
export const REKEY_PATIENCE = 60_000

// One step of the walk over all keys: it holds up the server for well below a millisecond.
const STEP = 500
// So many are moved at once: whoever else asks the server waits for one step of each at most.
const LANES = 8
// Where hosts that know of no secret go on writing there is no end of it.
const MOST_WALKS = 4
const ABSORBED = 'absorbed:'

/**
 * Moves whoever stands under their id as it is to the key of the newest secret, each by steps of their own: broken off, it goes on when it is asked again,
 * also beside others who write. Tombstones, markers of who was merged and refused events go with them. Who stands under both is made one.
 */
export async function rekeyVisitors(
  space: StoreSpace,
  { keys, now, onStep }: RekeySettings,
): Promise<RedisRekeyResult> {
  let moved = 0
  const rekeying: Rekeying = { space, keyOf: (visitor) => keys.of(visitor)[0], now, onMoved: () => moved++ }
  // Of whom there is nothing but refused events, nothing else tells.
  const refused = new Set(await plainNames(space))
  let told = 0
  const hears: WalkHears = {
    onVisitor: (visitor) => void refused.delete(visitor),
    onStep: () => {
      if (moved > told) onStep?.(moved)
      told = moved
    },
  }
  let walked: Walked
  let before: number
  let walks = 0
  do {
    before = moved
    walked = await walk(rekeying, keys.names[0], hears)
    walks++
    // Who came in behind a walk, and what is said of ids by those whom it moved, the next one finds.
  } while (moved > before && walks < MOST_WALKS)
  moved += refused.size
  await rekeyRefused(rekeying)
  // Also of one who was broken off before it came to this.
  return { moved, ...walked, leftovers: await writeAllAnew(space.commands) }
}

interface Walked {
  readonly older: number
  readonly waiting: number
  readonly failed: number
}

interface WalkHears {
  /** Of each id that something stands under. */
  readonly onVisitor: (visitor: string) => void
  readonly onStep: () => void
}

async function walk(
  rekeying: Rekeying,
  newest: string | undefined,
  { onVisitor, onStep }: WalkHears,
): Promise<Walked> {
  const { space } = rekeying
  let [older, waiting, failed] = [0, 0, 0]
  let cursor = '0'
  const tried = async (work: Promise<unknown>): Promise<void> => {
    try {
      if ((await work) === 'waits') waiting++
    } catch (error) {
      // One visitor is no reason to leave all the others where they are.
      if (!isOfOne(error)) throw error
      failed++
    }
  }
  do {
    const step = await space.commands.scan(cursor, space.keys.profiles, STEP)
    const visitors = [...new Set(step.keys.map(visitorIn))]
    await inLanes(visitors.filter(isPlain), LANES, async (visitor) => {
      onVisitor(visitor)
      await tried(rekeyVisitor(rekeying, visitor))
    })
    const keyed = await lookAt(
      space,
      visitors.filter((visitor) => !isPlain(visitor)),
    )
    older += keyed.filter(({ visitor, isThere }) => isThere && keyNameOf(visitor) !== newest).length
    await inLanes(keyed, LANES, (one) => tried(rename(rekeying, one)))
    onStep()
    cursor = step.cursor
  } while (cursor !== '0')
  return { older, waiting, failed }
}

// Not of the Redis, which would fail for everybody.
function isOfOne(error: unknown): boolean {
  return isMoved(error) || isErased(error) || error instanceof StoreBusyError
}

/** One who stands under a key: the ids that are named there. */
interface Keyed {
  readonly visitor: string
  readonly isThere: boolean
  readonly isFrozen: boolean
  readonly isErased: boolean
  readonly absorbed: readonly string[]
  readonly into: string | null
}

async function lookAt(
  { commands, keys }: StoreSpace,
  visitors: readonly string[],
): Promise<readonly Keyed[]> {
  const asked = visitors.flatMap((visitor): readonly RedisCommand[] => {
    const { profile } = keys.visitor(visitor)
    return [
      ['HKEYS', profile],
      ['HGET', profile, 'moved'],
    ]
  })
  const answers = await askEach(commands, asked)
  return visitors.map((visitor, at) => {
    const fields = answers[2 * at] as readonly string[]
    return {
      visitor,
      isThere: fields.includes('version'),
      isFrozen: fields.includes('frozen'),
      isErased: fields.includes('erased'),
      absorbed: fields
        .filter((field) => field.startsWith(ABSORBED))
        .map((field) => field.slice(ABSORBED.length))
        .filter(isPlain),
      into: answers[2 * at + 1] as string | null,
    }
  })
}

// What others say of ids: where one of them still stands, that comes first.
async function rename(
  rekeying: Rekeying,
  { visitor, isFrozen, isErased, absorbed, into }: Keyed,
): Promise<void> {
  // Broken off: whoever is named there was to be erased too.
  if (isErased && absorbed.length > 0) {
    await eraseWhole(rekeying.space, visitor, rekeying.now)
    return
  }
  for (const one of absorbed) await renameAbsorbed(rekeying, visitor, one)
  if (into === null || !isPlain(into)) return
  if (isFrozen) await bringOver(rekeying.space, visitor)
  await renameTarget(rekeying, visitor, into)
}
