import { keyNameOf } from '../rights/key-name.ts'
import type { StandingKeys } from '../standing-keys.ts'
import type { RedisCommand } from './redis-commands.ts'
import { visitorIn } from './store-keys.ts'
import type { StoreSpace } from './store-space.ts'

// A Redis may hold millions of keys, many of them of others: so many of them are looked at.
const STEP = 500
const MOST_STEPS = 20

/** Tells under what visitors stand, by a sample of them. Tombstones are left out: they outlive every secret. */
export async function standingKeys({ commands, keys }: StoreSpace): Promise<StandingKeys> {
  const names = new Set<string>()
  let hasPlain = false
  let cursor = '0'
  for (let step = 0; step < MOST_STEPS; step++) {
    const found = await commands.scan(cursor, keys.profiles, STEP)
    const asked = found.keys.map((key): RedisCommand => ['HEXISTS', key, 'version'])
    const live = asked.length === 0 ? [] : await commands.pipeline(asked)
    found.keys.forEach((key, at) => {
      if (live[at] !== 1) return
      const name = keyNameOf(visitorIn(key))
      if (name === undefined) hasPlain = true
      else names.add(name)
    })
    cursor = found.cursor
    if (cursor === '0') break
  }
  return { names: [...names], hasPlain }
}
