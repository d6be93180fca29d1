import type { RedisCommands } from '../../src/commands/redis-commands.ts'

/** Commands of a process that is killed at its step of this number, from 0: `before` Redis hears of it, or `after` it was done. */
export function dyingCommands(
  commands: RedisCommands,
  step: number,
  when: 'before' | 'after',
): RedisCommands {
  let steps = 0
  const killed = (): Error => new Error('This process was killed.')
  const live =
    <Args extends readonly unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      const own = steps++
      if (own > step || (own === step && when === 'before')) throw killed()
      const answer = await ask(...args)
      if (own === step) throw killed()
      return answer
    }
  return {
    clustered: commands.clustered,
    ownsFiles: commands.ownsFiles,
    send: live(commands.send),
    pipeline: live(commands.pipeline),
    run: live(commands.run),
    nodes: async () => (await commands.nodes()).map(live),
    scan: live(commands.scan),
    close: async () => {},
  }
}
