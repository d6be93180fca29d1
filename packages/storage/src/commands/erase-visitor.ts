import type { EraseResult, Leftover } from '../visitor-rights.ts'
import { eraseEntries } from './erase-entries.ts'
import { findAbsorbed } from './find-absorbed.ts'
import type { RedisCommands } from './redis-commands.ts'
import { dropRejectedOf } from './reject-events.ts'
import { ERASE } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { writeFilesAnew } from './write-files-anew.ts'

type Erased = readonly [
  at: string,
  profiles: number,
  events: number,
  into: string | null,
  absorbed: readonly string[],
]

/**
 * Erases a visitor: the tombstone first, so that nothing comes in behind it; but before it those of the visitors that were merged into this one, who are
 * known from it alone. Of one that was merged into somebody else nothing but that is left to erase.
 */
export async function eraseVisitor(space: StoreSpace, visitor: string, at: number): Promise<EraseResult> {
  const { commands, keys, stream } = space
  const { profile } = keys.visitor(visitor)
  const before = await findAbsorbed(space, visitor, true)
  const gone = new Map<string, Erased>()
  await eraseMerged(space, before, [at, visitor], gone)
  // Asked for no one in particular, the script answers of everybody.
  const own = (await erase(space, visitor, [at])) as Erased
  const late = own[4].filter((one) => !before.includes(one))
  await eraseMerged(space, late, [at, visitor], gone)
  const visitors = own[3] === null ? [...new Set([visitor, ...before, ...late, ...gone.keys()])] : []
  const rejected = await dropRejectedOf(space, visitors)
  let streamed = 0
  for (const one of stream === undefined ? [] : visitors) {
    streamed += await eraseFromStream(commands, stream!.key, one)
  }
  const files = await writeFilesAnew(commands, [profile, keys.rejected])
  const leftovers: readonly Leftover[] = streamed > 0 ? [...files, 'queue'] : files
  const sum = (place: 1 | 2) => [own, ...gone.values()].reduce((total, one) => total + one[place], 0)
  return { at: Number(own[0]), profiles: sum(1), events: sum(2), rejected, queued: streamed, leftovers }
}

async function erase(
  { commands, keys }: StoreSpace,
  visitor: string,
  args: readonly (string | number)[],
): Promise<Erased | readonly []> {
  const { profile, recent, settled } = keys.visitor(visitor)
  return (await commands.run(ERASE, [profile, recent, settled], args)) as Erased | readonly []
}

// A merge that was broken off leaves visitors who lead to one that is erased with them, or are known from that one alone.
async function eraseMerged(
  space: StoreSpace,
  visitors: readonly string[],
  [at, into]: readonly [number, string],
  gone: Map<string, Erased>,
): Promise<void> {
  let waiting = visitors.filter((one) => one !== into && !gone.has(one))
  for (let before = -1; gone.size > before && waiting.length > 0; ) {
    before = gone.size
    const next = new Set<string>()
    for (const one of waiting) {
      const answer = await erase(space, one, [at, into, ...gone.keys()])
      if (answer.length === 0) next.add(one)
      else gone.set(one, answer)
      for (const further of answer[4] ?? []) next.add(further)
    }
    waiting = [...next].filter((one) => one !== into && !gone.has(one))
  }
}

// Others may read it by groups of their own: what was deleted is not moved together, and goes with its neighbours.
function eraseFromStream(commands: RedisCommands, key: string, visitor: string): Promise<number> {
  return eraseEntries(commands, key, (fields) => {
    const at = fields.indexOf('visitor')
    return at % 2 === 0 && fields[at + 1] === visitor ? 1 : 0
  })
}
