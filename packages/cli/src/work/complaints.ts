import type { Io } from '../io.ts'

/** Says on stderr what goes wrong: a message at once, the same again at most every ten seconds, with how often it came. */
export type Complain = (step: string, error: unknown) => void

const QUIET_MS = 10_000

export function createComplaints(io: Io, speaker: string): Complain {
  const said = new Map<string, { time: number; since: number }>()
  return (step, error) => {
    // The message only: a stack says nothing to whoever reads a log.
    const text = `[${speaker}] ${step}: ${error instanceof Error ? error.message : String(error)}`
    const before = said.get(text)
    const now = io.now()
    if (before !== undefined && now - before.time < QUIET_MS) {
      before.since++
      return
    }
    const more =
      before === undefined || before.since === 0 ? '' : ` (and ${before.since} times since it was said)`
    said.set(text, { time: now, since: 0 })
    io.stderr.write(`${text}${more}\n`)
  }
}
