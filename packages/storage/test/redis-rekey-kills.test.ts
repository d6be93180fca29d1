import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { expectRekeyed, NEW, plantIds, rekeySite } from './support/plain-ids.ts'
import { useRedis } from './support/use-redis.ts'

const IS_SOAK = process.env.ATTUNE_SOAK === '1'
// Every so many steps one is killed.
const STRIDE = IS_SOAK ? 1 : 9
const KILLS = IS_SOAK ? 200 : 4
// Milliseconds: a quiet machine has moved them all in half of this.
const LONGEST = 80
const PROGRAM = fileURLToPath(new URL('support/rekey-redis-one.ts', import.meta.url))

describe.skipIf(NO_REDIS)(
  `moving visitors of a Redis from their ids to keys${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const redis = useRedis()
    let site = 0

    async function plant(): Promise<string> {
      const own = `site ${++site}`
      await plantIds(redis.commands, own)
      return own
    }

    test('goes on when it was killed at any of its steps, and nobody is lost or there twice', async () => {
      let wasKilled = true
      for (let step = 0; wasKilled; step += STRIDE) {
        const own = await plant()
        const dying = dyingCommands(redis.commands, step, step % 2 === 0 ? 'after' : 'before')
        wasKilled = await rekeySite(dying, own).then(
          () => false,
          () => true,
        )
        await rekeySite(redis.commands, own)
        await expectRekeyed(redis.commands, own)
        await redis.server.ask('FLUSHALL')
      }
      expect(site).toBeGreaterThan(10)
    }, 600_000)

    test(
      `goes on when its process was killed ${KILLS} times`,
      async () => {
        const killed: boolean[] = []
        for (let kill = 0; kill < KILLS; kill++) {
          const own = await plant()
          const child = spawn(process.execPath, [PROGRAM, redis.server.url, own, NEW], {
            stdio: ['ignore', 'pipe', 'inherit'],
          })
          const ended = once(child, 'exit')
          let said = ''
          for await (const chunk of child.stdout) {
            if (said === '') setTimeout(() => child.kill('SIGKILL'), (kill * LONGEST) / KILLS)
            said += String(chunk)
          }
          await ended
          killed.push(!said.includes('done'))
          await rekeySite(redis.commands, own)
          await expectRekeyed(redis.commands, own)
          await redis.server.ask('FLUSHALL')
        }
        expect(killed).toContain(true)
      },
      KILLS * 20_000,
    )
  },
)
