import { describe, expect, onTestFinished, test } from 'vitest'
import { NO_REDIS, startRedis } from '../../../../test/support/redis.ts'
import { foldUnderKills } from './fold-under-kills.ts'

// Another one each day; to see a run again, set it to what the failing one printed.
const SEED = Math.floor(Date.now() / 86_400_000)

describe.skipIf(NO_REDIS)(
  `three workers that are killed again and again${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    test(`fold every acknowledged event exactly once (seed ${SEED})`, async () => {
      const server = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
      onTestFinished(() => server.stop())
      const restart = async (): Promise<void> => {
        await server.kill()
        await server.restart()
      }
      const scenario = {
        url: server.url,
        site: 'kills',
        seed: SEED,
        events: 20_000,
        workers: 3,
        killEvery: 400,
        kills: 10,
      }
      const { kills, again, ...outcome } = await foldUnderKills({ ...scenario, atHalf: restart })
      expect(outcome).toEqual({ wrong: [], waiting: 0, setAside: 0, exits: [0, 0, 0] })
      expect(kills).toBeGreaterThanOrEqual(10)
      // Redis was away for a moment.
      expect(again).toBeGreaterThan(0)
    }, 120_000)
  },
)
