import { StoreWriteError } from '../store-error.ts'
import type { Leftover } from '../visitor-rights.ts'
import type { RedisCommand, RedisCommands } from './redis-commands.ts'

// A file that is being written just now began before the deletion: it is waited for, then written once more.
const PATIENCE = 10_000
const LOOK_EVERY = 50

/**
 * Asks the nodes that hold these keys to write their files anew: the log of commands and the snapshot still hold what was
 * deleted. They do so in the background. Answers which could not be asked for.
 */
export async function writeFilesAnew(
  commands: RedisCommands,
  keys: readonly string[],
): Promise<readonly Leftover[]> {
  if (!commands.ownsFiles) return ['backups']
  // Where keys lie on several nodes, two of them may lie on one: it is asked twice.
  const asked = commands.clustered ? keys : keys.slice(0, 1)
  return writeAnew(asked.map((key) => (command) => commands.send(key, command)))
}

/** As `writeFilesAnew`, of all nodes. */
export async function writeAllAnew(commands: RedisCommands): Promise<readonly Leftover[]> {
  return commands.ownsFiles ? writeAnew(await commands.nodes()) : ['backups']
}

type Send = (command: RedisCommand) => Promise<unknown>

async function writeAnew(nodes: readonly Send[]): Promise<readonly Leftover[]> {
  const leftovers = new Set<Leftover>()
  for (const send of nodes) for (const left of await writeNodeAnew(send)) leftovers.add(left)
  return [...leftovers]
}

async function writeNodeAnew(send: Send): Promise<readonly Leftover[]> {
  const leftovers: Leftover[] = []
  const info = await mayAsk(send, ['INFO', 'persistence'])
  const hasLog = info === undefined || /aof_enabled:1/.test(String(info))
  if (hasLog && !(await begin(send, ['BGREWRITEAOF']))) leftovers.push('log')
  const saves = await mayAsk(send, ['CONFIG', 'GET', 'save'])
  const hasSnapshots = !(Array.isArray(saves) && saves[1] === '')
  if (hasSnapshots && !(await begin(send, ['BGSAVE', 'SCHEDULE']))) leftovers.push('snapshot')
  return leftovers
}

async function begin(send: Send, command: RedisCommand): Promise<boolean> {
  for (const end = performance.now() + PATIENCE; ; ) {
    try {
      await send(command)
      return true
    } catch (error) {
      if (!(error instanceof StoreWriteError)) throw error
      if (!error.message.includes('in progress') || performance.now() > end) return false
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    }
  }
}

// Nothing, where this user may not ask: the visitor is erased all the same.
async function mayAsk(send: Send, command: RedisCommand): Promise<unknown> {
  try {
    return await send(command)
  } catch (error) {
    if (error instanceof StoreWriteError) return undefined
    throw error
  }
}
