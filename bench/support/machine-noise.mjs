// What the machine itself varies by, to be read beside what is measured on it.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** Median and 99th percentile; ∞ of nothing. */
export function percentiles(latencies) {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.POSITIVE_INFINITY
  return { p50: at(0.5), p99: at(0.99) }
}

/** What the disk itself takes to make 4 KB durable: median and 99th percentile, milliseconds. */
export function measureDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-disk-'))
  const file = openSync(join(folder, 'disk'), 'w')
  const block = Buffer.alloc(4_096)
  const times = Array.from({ length: 400 }, () => {
    const begun = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    return performance.now() - begun
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return percentiles(times)
}

/** The same work many times: what its time varies by is the machine's noise. */
export function measureSpin() {
  const times = Array.from({ length: 200 }, () => {
    const begun = performance.now()
    let sum = 0
    for (let at = 0; at < 1_000_000; at++) sum = (sum * 31 + at) | 0
    return performance.now() - begun + (sum === 1 ? 1 : 0)
  })
  return percentiles(times)
}
