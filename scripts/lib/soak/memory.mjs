import { buildPackages } from '../build.mjs'
import { ensureRedis } from '../ensure-redis.mjs'
import { step } from '../progress.mjs'
import { Trouble } from '../trouble.mjs'
import { number } from './progress-bar.mjs'
import { runWithBar } from './run-with-bar.mjs'

// Sooner a database and an allocator have not yet found their size.
const LEAST_MINUTES = 10

/** Half of what a real `attune serve` takes, for minutes: does what it holds stay what it is? */
export async function soakMemory({ minutes, redis, seed }) {
  await step('Building the packages', buildPackages)
  const flat = [await soakOne('sqlite', 'SQLite', minutes, seed)]
  const lacks = redis ? await ensureRedis() : undefined
  if (lacks !== undefined) process.stdout.write(`! ${lacks}\n`)
  else if (redis) flat.push(await soakOne('redis', 'Redis', minutes, seed))
  if (flat.includes(false))
    throw new Trouble('What the collector holds grows.', {
      cure: 'Take two heap snapshots under load (node --inspect) and compare them.',
    })
}

async function soakOne(kind, name, minutes, seed) {
  process.stdout.write(`— memory of attune serve on ${name}: ${minutes} min, seed ${seed}\n`)
  const { offered, heap, rss, rate, peak, samples } = await runWithBar(
    'test/faults/memory/soak.ts',
    [kind, minutes, seed],
    {
      unit: 's',
      all: minutes * 60,
      done: 'seconds',
    },
  )
  const line = (what, value) => process.stdout.write(`  ${what.padEnd(34)} ${value}\n`)
  line('load, of a peak of', `${number(rate)}/s, ${number(peak)}/s with 64 connections`)
  line(
    'sent, kept, later, else',
    `${number(offered.sent)}, ${number(offered.kept)}, ${number(offered.later)}, ${number(offered.other)}`,
  )
  line('held back by the sender', number(offered.heldBack))
  line('heap after collection', told(heap))
  line('whole process', told(rss))
  line('samples', `${samples}; the first quarter of the time does not count`)
  const isLong = minutes >= LEAST_MINUTES
  const isFlat = heap.isFlat && rss.isFlat
  line('flat', isFlat ? 'yes' : isLong ? 'no' : `not within ${minutes} min, which says little`)
  return isFlat || !isLong
}

const told = ({ first, last, slope, growth, isFlat }) =>
  `first ${megabytes(first)}, last ${megabytes(last)}, ${megabytes(slope * 3600)} an hour, in all ${megabytes(growth)}: ${isFlat ? 'flat' : 'grows'}`

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
