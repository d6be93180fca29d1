import type { RedisCommands } from './redis-commands.ts'

// A step over a stream holds up the server for about a millisecond.
const STEP = 200

/**
 * Deletes entries of a stream. `eventsIn` tells how many events of the visitor are in an entry with these fields. Answers how
 * many events went.
 */
export async function eraseEntries(
  commands: RedisCommands,
  key: string,
  eventsIn: (fields: readonly string[]) => number,
): Promise<number> {
  let [from, events] = ['-', 0]
  for (;;) {
    const [reply] = await commands.pipeline([['XRANGE', key, from, '+', 'COUNT', STEP]])
    const entries = reply as readonly (readonly [id: string, fields: readonly string[]])[]
    const own = entries.filter(([, fields]) => eventsIn(fields) > 0)
    if (own.length > 0) {
      await commands.pipeline([['XDEL', key, ...own.map(([id]) => id)]])
      for (const [, fields] of own) events += eventsIn(fields)
    }
    if (entries.length < STEP) return events
    from = `(${entries.at(-1)![0]}`
  }
}
