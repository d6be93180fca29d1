import { type Consent, isPurpose, PURPOSES } from '@attune/core'
import { CannotRun } from '../command.ts'
import { didYouMean } from '../terminal/near-name.ts'

/** Reads granted purposes from text such as `preferences,statistics`. @throws CannotRun when one is none. */
export function readConsentOption(text: string): Consent {
  const purposes = text.split(/[,.\s]+/).filter((purpose) => purpose !== '')
  const wrong = purposes.find((purpose) => !isPurpose(purpose))
  if (wrong !== undefined) {
    throw new CannotRun(
      `--consent names ${JSON.stringify(wrong)}.${didYouMean(wrong, PURPOSES)} Purposes are ${PURPOSES.join(', ')}.`,
    )
  }
  return Object.fromEntries(purposes.map((purpose) => [purpose, true]))
}
