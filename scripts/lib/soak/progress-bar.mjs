const WIDTH = 30
const STEP = 0.1

/**
 * Shows how much is done on standard error: a bar that stays in its line on a terminal, a line for each tenth elsewhere.
 * `show(done)` may be called as often as one likes; `end()` leaves the line.
 */
export function progressBar(unit, all, stream = process.stderr) {
  const begun = performance.now()
  let next = 0
  const left = (share) => {
    const seconds = Math.round((((performance.now() - begun) / 1000) * (1 - share)) / Math.max(share, 0.001))
    return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`
  }
  return {
    show(done) {
      const share = Math.min(1, done / all)
      if (!stream.isTTY && share < next) return
      next = Math.floor(share / STEP + 1) * STEP
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
      const line = `  ${bar} ${number(done)} of ${number(all)} ${unit}, ${left(share)}`
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}

/** 1234567 → 1,234,567 */
export const number = (value) => value.toLocaleString('en-GB')
