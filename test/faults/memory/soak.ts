// What a collector holds under half load, in processes of their own: node soak.ts <sqlite | redis> <minutes> <seed>. Tells its progress and, last,
// its report.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { COLLECTOR_RULESET } from '../../support/collector-process.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { createRawClient } from '../../support/fault-raw-client.ts'
import { SECRET } from '../../support/fault-ruleset.ts'
import { pause } from '../../support/fault-time.ts'
import { startRedis } from '../../support/redis.ts'
import { type Sample, trendOf } from './line.ts'
import { createOfferer } from './offer.ts'

const [, , kind = 'sqlite', minutes = '20', seed = '1'] = process.argv
const SECONDS = Number(minutes) * 60
const SAMPLES = 120
const CONNECTIONS = 64
const WARM_UP_MS = 5_000
// The collector's own objects stay; of the process also the database's pages and what the allocator keeps.
const HEAP = { share: 0.05, bytes: 2_000_000 }
const RSS = { share: 0.1, bytes: 16_000_000 }
const PROGRAM = fileURLToPath(new URL('../../../packages/cli/dist/attune.js', import.meta.url))
const PROBE = new URL('../../../scripts/lib/soak/memory-probe.mjs', import.meta.url).href
const WATCHED = new URL('../../../scripts/lib/end-with-parent.mjs', import.meta.url).href

const closes: (() => unknown)[] = []
const closeAll = async (): Promise<void> => {
  for (const close of closes.splice(0).reverse()) await close()
}
// Nobody is left to tell.
process.once('disconnect', () => void closeAll().finally(() => process.exit(1)))

async function startCollector(where: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const args = ['serve', '--ruleset', COLLECTOR_RULESET, '--port', '0', '--limits', 'off', ...where]
  const child = fork(PROGRAM, args, {
    execArgv: [
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
      '--import',
      WATCHED,
      '--import',
      PROBE,
    ],
    env: { ...process.env, ATTUNE_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  closes.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill()
    await once(child, 'exit')
  })
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += chunk
    const port = /127\.0\.0\.1:(\d+)\/attune\/collect/.exec(said)?.[1]
    if (port !== undefined) return { child, port: Number(port) }
  }
  throw new Error('attune serve ended before it listened.')
}

async function measure(child: ChildProcess, at: number): Promise<Sample> {
  const answered = once(child, 'message')
  child.send('measure')
  const [told]: { heap: number; rss: number }[] = await answered
  return { at, heap: told?.heap ?? 0, rss: told?.rss ?? 0 }
}

async function openPlace(): Promise<readonly string[]> {
  if (kind !== 'redis') return ['--data', makeFolder((remove) => closes.push(remove))]
  const server = await startRedis()
  closes.push(() => server.stop())
  return ['--redis', server.url]
}

const { child, port } = await startCollector(await openPlace())
const client = createRawClient(port, CONNECTIONS * 8, 10_000)
closes.push(client.close)
const { offered, flood, offer, atRest } = createOfferer(client, Number(seed))
await flood(CONNECTIONS, WARM_UP_MS)
const peak = await flood(CONNECTIONS, WARM_UP_MS)
const rate = Math.round(peak / 2)
const begun = performance.now()
const passed = (): number => (performance.now() - begun) / 1_000
const samples: Sample[] = []
const work = offer(rate, () => passed() >= SECONDS)
while (passed() < SECONDS) {
  samples.push(await atRest(() => measure(child, passed())))
  process.send?.({ seconds: Math.floor(passed()) })
  await pause(Math.min(Math.max(1, SECONDS / SAMPLES), Math.max(0, SECONDS - passed())) * 1_000)
}
await work
samples.push(await atRest(() => measure(child, passed())))
const report = {
  rate,
  peak: Math.round(peak),
  offered,
  heap: trendOf(samples, 'heap', HEAP),
  rss: trendOf(samples, 'rss', RSS),
  samples: samples.length,
}
process.send?.({ report })
process.removeAllListeners('disconnect')
await closeAll()
process.disconnect?.()
