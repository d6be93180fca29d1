import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Leftover } from '@attune/storage'
import { createVisitorKeys } from '@attune/storage/pseudonyms'
import type { RedisRekeyResult, RekeySettings } from '@attune/storage/redis-keys'
import { type Call, CannotRun, type Command, type ExitCode, textOption } from '../command.ts'
import { type Io, write } from '../io.ts'
import { DATABASE } from '../options/open-database.ts'
import { addressOf, redisPlace } from '../options/open-redis.ts'
import { DEFAULT_DATA } from '../options/open-store.ts'
import { readKeysAtRest } from '../options/read-keys-at-rest.ts'
import { STORE_OPTIONS } from '../rights/open-places.ts'
import { AUDIT_OPTIONS, writeDown } from '../rights/write-down.ts'
import { formatCount } from '../terminal/format.ts'

const CURES: { readonly [left in Leftover]: string } = {
  pages: 'Bytes of ids may be left in the file: run VACUUM on it in a quiet hour, or ask again in a minute.',
  log: 'Bytes of ids may be left in the log of Redis: ask again in a minute, and allow this user BGREWRITEAOF.',
  snapshot:
    'Bytes of ids may be left in the snapshot of Redis: ask again in a minute, and allow this user CONFIG GET and BGSAVE.',
  queue: 'Bytes of ids may be left in a queue: it lets go of them with what waits around them.',
  backups: 'Bytes of ids may be left in copies that the service keeps by itself, until it lets go of them.',
}

/** `attune rekey`: moves visitors who are kept under their ids as they are to the newest key at rest. */
export const rekey: Command = {
  name: 'rekey',
  summary: 'Moves visitors kept under their ids as they are to the newest of ATTUNE_KEYS_AT_REST.',
  arguments: [],
  options: { ...STORE_OPTIONS, ...AUDIT_OPTIONS },
  notes: [
    'First let every host of the site run with ATTUNE_KEYS_AT_REST=<secret>,plain; then this, also while they run; when it says 0, leave out plain. One that runs without finds nobody who was moved: its /health says so within a minute.',
    'May be asked again at any time, also after it was broken off. With --queue events may wait under their ids: ask again when they are folded.',
    'Who is kept under an older secret is moved when they come back: nobody but their own cookie knows the id.',
    'Exit code 0 when no id is left, 1 when bytes of ids may still lie in files, or somebody stays until they come back or it is asked again, 2 when it could not run.',
  ],
  examples: [
    'ATTUNE_KEYS_AT_REST=…,plain attune rekey --audit /var/lib/attune/audit.log',
    'ATTUNE_KEYS_AT_REST=…,plain attune rekey --redis redis://localhost:6379 --audit /var/lib/attune/audit.log',
  ],
  async run(call, io): Promise<ExitCode> {
    const secrets = readKeysAtRest(io.env)
    if (secrets === undefined) {
      throw new CannotRun(
        `ATTUNE_KEYS_AT_REST is ${io.env.ATTUNE_KEYS_AT_REST || 'not set'}. Set it to secrets, as every host of the site has it.`,
      )
    }
    const keys = createVisitorKeys(secrets)
    const onStep = (count: number): void => void io.stderr.write(`${formatCount(count)} moved\n`)
    const move = moverOf(call, io.env)
    const moved = await writeDown(call, io, { action: 'key.change' }, async () => {
      const value = await move({ keys, now: io.now(), onStep })
      return { value, counts: { moved: value.moved, older: value.older } }
    })
    await write(io.stdout, `${linesOf(moved, keys.names[0] ?? '').join('\n')}\n`)
    return moved.leftovers.length === 0 && moved.waiting === 0 && moved.failed === 0 ? 0 : 1
  },
}

type Move = (settings: RekeySettings) => Promise<RedisRekeyResult>

// How visitors are moved in the store that the options name.
function moverOf(call: Call, env: Io['env']): Move {
  const data = textOption(call, 'data')
  if (data !== undefined && textOption(call, 'redis') !== undefined)
    throw new CannotRun('--data and --redis name two stores. Give one of them.')
  const place = data === undefined ? redisPlace(call, env) : undefined
  if (place !== undefined) {
    return async (settings) => {
      const { rekeyRedis } = await import('@attune/storage/redis-keys')
      return rekeyRedis({ ...settings, ...addressOf(place), site: place.site })
    }
  }
  const path = join(data ?? (env.ATTUNE_DATA || DEFAULT_DATA), DATABASE)
  if (!existsSync(path))
    throw new CannotRun(`There is no database ${JSON.stringify(path)}. Name the data folder with --data.`)
  return async (settings) => {
    const { rekeySqlite } = await import('@attune/storage/sqlite-keys')
    return { ...rekeySqlite({ ...settings, path }), waiting: 0, failed: 0 }
  }
}

function linesOf(
  { moved, older, waiting, failed, leftovers }: RedisRekeyResult,
  name: string,
): readonly string[] {
  return [
    `${formatCount(moved)} moved to the secret named ${name}.`,
    ...(older === 0 ? [] : [`${formatCount(older)} stand under an older one until they come back.`]),
    ...(waiting === 0
      ? []
      : [
          `${formatCount(waiting)} stand under both until they come back: what they were folded for is lost.`,
        ]),
    ...(failed === 0
      ? []
      : [
          `${formatCount(failed)} could not be moved: others wrote them meanwhile, or merges hold them. Ask again in a minute.`,
        ]),
    ...leftovers.map((left) => CURES[left]),
  ]
}
