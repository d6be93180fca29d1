import type { EraseResult, Leftover } from '../visitor-rights.ts'
import { eraseEntries } from './erase-entries.ts'
import type { RedisCommands } from './redis-commands.ts'
import { dropRejectedOf } from './reject-events.ts'
import { ERASE } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'
import { writeFilesAnew } from './write-files-anew.ts'

/** Erases a visitor: the tombstone first, so that nothing comes in behind it. */
export async function eraseVisitor(space: StoreSpace, visitor: string, at: number): Promise<EraseResult> {
  const { commands, keys, stream } = space
  const { profile, recent, settled } = keys.visitor(visitor)
  const [first, profiles, events] = (await commands.run(
    ERASE,
    [profile, recent, settled],
    [at],
  )) as readonly [string, number, number]
  const rejected = await dropRejectedOf(space, visitor)
  const streamed = stream === undefined ? 0 : await eraseFromStream(commands, stream.key, visitor)
  const files = await writeFilesAnew(commands, [profile, keys.rejected])
  const leftovers: readonly Leftover[] = streamed > 0 ? [...files, 'queue'] : files
  return { at: Number(first), profiles, events, rejected, queued: streamed, leftovers }
}

// Others may read it by groups of their own: what was deleted is not moved together, and goes with its neighbours.
function eraseFromStream(commands: RedisCommands, key: string, visitor: string): Promise<number> {
  return eraseEntries(commands, key, (fields) => {
    const at = fields.indexOf('visitor')
    return at % 2 === 0 && fields[at + 1] === visitor ? 1 : 0
  })
}
