import type { RedisCommand, RedisCommands } from './redis-commands.ts'

/** Asks about keys of several visitors: in one round trip, but for a cluster, where they lie on several nodes. Answers in their order. */
export async function askEach(
  commands: RedisCommands,
  asked: readonly RedisCommand[],
): Promise<readonly unknown[]> {
  if (asked.length === 0) return []
  if (!commands.clustered) return commands.pipeline(asked)
  return (await Promise.all(asked.map((command) => commands.pipeline([command])))).flat()
}
