import { type Consent, isGranted } from '@attune/core'
import type { ConsentLog, ConsentRow } from '@attune/storage/consent'

/** Where answers to the banner stand, and under which names a visitor's do. */
export interface AnswerSource {
  readonly log: Pick<ConsentLog, 'read'>
  readonly pseudonyms: (visitor: string) => readonly string[]
}

/**
 * Creates what tells what a visitor grants today: what somebody else says that they did, as far as their last answer to our banner does not
 * take it back. Of whom no answer is known, what is said holds.
 */
export function createConsentToday({
  log,
  pseudonyms,
}: AnswerSource): (visitor: string, said: Consent) => Promise<Consent> {
  return async (visitor, said) => {
    const last = await lastAnswer(log, pseudonyms(visitor))
    if (last === undefined) return said
    return Object.fromEntries(last.granted.map((purpose) => [purpose, isGranted(said, purpose)]))
  }
}

async function lastAnswer(
  log: AnswerSource['log'],
  pseudonyms: readonly string[],
): Promise<ConsentRow | undefined> {
  let last: ConsentRow | undefined
  for (;;) {
    const rows = await log.read({ pseudonyms, after: last?.id ?? 0 })
    if (rows.length === 0) return last
    last = rows.at(-1)
  }
}
