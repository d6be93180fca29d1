import { constants } from 'node:os'
import type { Io } from './io.ts'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The real process as commands see it. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process
  for (const output of [stdout, stderr]) output.on('error', endWhenUnread)
  return { stdin, stdout, stderr, env, now: Date.now, untilStopped }
}

// Whoever reads us (`| head`) has seen enough; that is no fault.
function endWhenUnread(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(128 + constants.signals.SIGPIPE)
  throw error
}

// Handlers are set only when a command asks: the others keep the default, which is to end at once.
function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => resolve(signal))
  })
}
