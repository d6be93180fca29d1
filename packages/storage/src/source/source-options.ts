import { checkMilliseconds } from '../check-option.ts'

/** What every source of rulesets takes. */
export interface SourceOptions {
  /** Milliseconds after which it is asked whether there is another, give or take a tenth. Default 30,000; of a file 2,000. */
  readonly interval?: number | undefined
  /** Milliseconds that one answer may take. Default 3,000. */
  readonly timeout?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** From 0 to 1, so that many processes do not ask at once. Default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Keeps the process alive for what goes on behind an answer, where the host would put it to sleep. Default: nothing. */
  readonly waitUntil?: ((work: Promise<void>) => void) | undefined
  /** Hears why there was no good answer. Default: the console. */
  readonly onError?: ((error: unknown, step: string) => void) | undefined
}

/** Options made ready. */
export interface SourceSettings {
  /** How messages name the source, without anything secret: `the file /srv/ruleset.json`. */
  readonly name: string
  readonly interval: number
  readonly timeout: number
  readonly clock: () => number
  readonly random: () => number
  readonly waitUntil: (work: Promise<void>) => void
  /** Never throws. */
  readonly report: (error: unknown, step: string) => void
}

/**
 * Fills in what was left out. `from` is the factory, for errors.
 * @throws when the interval or the timeout is no time.
 */
export function toSettings(from: string, name: string, options: SourceOptions): SourceSettings {
  const { interval = 30_000, timeout = 3_000, clock = Date.now, random = Math.random } = options
  const { waitUntil = () => {}, onError = logError } = options
  checkMilliseconds(from, 'interval', interval, 0)
  checkMilliseconds(from, 'timeout', timeout, 1)
  const report = (error: unknown, step: string): void => {
    try {
      onError(error, step)
    } catch {
      // What fails while telling of a failure is not told.
    }
  }
  return { name, interval, timeout, clock, random, waitUntil, report }
}

function logError(error: unknown, step: string): void {
  console.error(`[storage] ${step}:`, error)
}
