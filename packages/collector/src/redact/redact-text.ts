import { cleanUrls } from './clean-url.ts'
import { redactEmails } from './redact-emails.ts'
import { redactNumbers } from './redact-numbers.ts'
import { redactAssigned, redactRuns } from './redact-tokens.ts'

// No telephone number has fewer.
const LEAST_DIGITS = 7
// No token that is found by its form is shorter, but one whose scheme stands before it.
const LEAST_RUN = 12

/**
 * Takes out of a text what names a person or opens a door: addresses lose query and fragment (but for `kept`), and marks stand in the
 * place of mail addresses, telephone and card numbers, tokens and passwords. The same text always gives the same; time grows with its
 * length alone.
 */
export function redactText(text: string, kept: ReadonlySet<string>): string {
  const seen = lookAt(text)
  let shown = text
  if (seen.hasAddress) shown = cleanUrls(shown, kept)
  if (seen.hasSign) shown = redactAssigned(shown)
  if (seen.hasRun) shown = redactRuns(shown)
  if (seen.hasAt) shown = redactEmails(shown)
  if (seen.digits >= LEAST_DIGITS) shown = redactNumbers(shown)
  return shown
}

interface Seen {
  readonly hasAddress: boolean
  readonly hasSign: boolean
  readonly hasRun: boolean
  readonly hasAt: boolean
  readonly digits: number
}

// Nearly every text is plain: one walk says which patterns could find something.
function lookAt(text: string): Seen {
  let hasAddress = text.charCodeAt(0) === 0x2f
  let hasSign = false
  let hasRun = false
  let hasAt = false
  let digits = 0
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) digits++
    if (isWord(code)) {
      if (++run === LEAST_RUN) hasRun = true
      continue
    }
    run = 0
    if (code === 0x40) hasAt = true
    else if (code === 0x25) hasAt ||= text.startsWith('%40', at)
    else if (code === 0x3f) hasAddress = true
    else if (code === 0x3d) hasSign = true
    else if (code === 0x3a) {
      if (text.startsWith('//', at + 1)) hasAddress = true
      else hasSign = true
    }
  }
  return { hasAddress, hasSign, hasRun, hasAt, digits }
}

function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  )
}
