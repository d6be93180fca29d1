import { createLimiter, type Limiter, type LimiterOptions } from './limit/create-limiter.ts'

/** Who answers: a block of addresses where one is known, and a visitor where the browser is known. */
export interface Answering {
  readonly address: string | undefined
  readonly visitor: string | undefined
  /** Whether a known visitor grants less than before. Default false. */
  readonly takesBack?: boolean
}

/** Says after how many seconds an answer may come again, or nothing: it may be kept. */
export type AnswerLimits = (answering: Answering) => number | undefined

// Each answer may become a row that is kept for years. People answer once and change their minds a few times; 20 a second are 1.7 million a day.
const ADDRESS = { perSecond: 2, burst: 100 }
const VISITOR = { perSecond: 0.1, burst: 20 }
const ALL = { perSecond: 20, burst: 2_000 }
const KEYS = 16_384

/**
 * Creates what bounds how many rows are kept, whatever the limits of events are: of an address block, of a visitor, and of everybody. Whoever takes back what they
 * said is counted by themselves alone: no flood keeps anybody from it.
 */
export function createAnswerLimits(
  options: Pick<LimiterOptions, 'clock' | 'randomBytes'> = {},
): AnswerLimits {
  const limiter: Limiter = createLimiter({
    ...options,
    address: ADDRESS,
    visitor: VISITOR,
    key: ALL,
    keys: KEYS,
  })
  return ({ address, visitor, takesBack = false }) => {
    if (visitor === undefined) return limiter.take({ address, key: 'strangers' })?.retryAfter
    const asker = takesBack ? { visitor } : { address, visitor, key: 'known' }
    return limiter.take(asker)?.retryAfter
  }
}
