import type { EraseResult, FilesAnew, Leftover } from '../visitor-rights.ts'
import { eraseEntries } from './erase-entries.ts'
import { findAbsorbed } from './find-absorbed.ts'
import type { RedisCommands } from './redis-commands.ts'
import { dropRejectedOf } from './reject-events.ts'
import { ERASE, FORGET_ABSORBED } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { writeAllAnew, writeFilesAnew } from './write-files-anew.ts'

type Erased = readonly [
  at: string,
  profiles: number,
  events: number,
  into: string | null,
  absorbed: readonly string[],
]

/** What an erasure found, and whose refused events go with it: nobody's, of one that was merged into somebody else. */
export interface ErasedVisitor {
  readonly at: number
  readonly profiles: number
  readonly events: number
  readonly visitors: readonly string[]
  /** All that it met on its way: they are named until it has come to its end. */
  readonly met: readonly string[]
}

/** Erases a visitor, with what was refused of it and what was passed on, and has it written out of the files. */
export async function eraseVisitor(
  space: StoreSpace,
  visitor: string,
  at: number,
  which: FilesAnew = 'own',
): Promise<EraseResult> {
  const { commands, stream } = space
  const { visitors, met, ...erased } = await eraseKept(space, visitor, at)
  const rejected = await dropRejectedOf(space, visitors)
  let streamed = 0
  for (const one of stream === undefined ? [] : visitors) {
    streamed += await eraseFromStream(commands, stream!.key, one)
  }
  await forgetMet(space, met)
  const files = await writeAnew(space, visitor, which)
  const leftovers: readonly Leftover[] = streamed > 0 ? [...files, 'queue'] : files
  return { ...erased, rejected, queued: streamed, leftovers }
}

// Where keys lie on several nodes, those of others who were erased before may lie elsewhere.
async function writeAnew(
  { commands, keys }: StoreSpace,
  visitor: string,
  which: FilesAnew,
): Promise<readonly Leftover[]> {
  if (which === 'none') return []
  if (which === 'all') return writeAllAnew(commands)
  return writeFilesAnew(commands, [keys.visitor(visitor).profile, keys.rejected])
}

/** As `eraseVisitor`, but for what was passed on and the files. */
export async function eraseWhole(space: StoreSpace, visitor: string, at: number): Promise<void> {
  const { visitors, met } = await eraseKept(space, visitor, at)
  await dropRejectedOf(space, visitors)
  await forgetMet(space, met)
}

// The last step, and last of all its own: from there an erasure that is asked again knows the others.
async function forgetMet({ commands, keys }: StoreSpace, met: readonly string[]): Promise<void> {
  for (const one of met.toReversed()) await commands.run(FORGET_ABSORBED, [keys.visitor(one).profile], [])
}

/**
 * Erases what is kept under a visitor's own keys: the tombstone first, so that nothing comes in behind it; but before it those of the visitors that were
 * merged into this one, who are known from it alone. Of one that was merged into somebody else nothing but that is left to erase.
 */
export async function eraseKept(space: StoreSpace, visitor: string, at: number): Promise<ErasedVisitor> {
  const before = await findAbsorbed(space, visitor, true)
  const gone = new Map<string, Erased>()
  await eraseMerged(space, before, [at, visitor], gone)
  // Asked for no one in particular, the script answers of everybody.
  const own = (await erase(space, visitor, [at])) as Erased
  const late = own[4].filter((one) => !before.includes(one))
  await eraseMerged(space, late, [at, visitor], gone)
  const met = [...new Set([visitor, ...before, ...late, ...gone.keys()])]
  const visitors = own[3] === null ? met : []
  const sum = (place: 1 | 2) => [own, ...gone.values()].reduce((total, one) => total + one[place], 0)
  return { at: Number(own[0]), profiles: sum(1), events: sum(2), visitors, met }
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
