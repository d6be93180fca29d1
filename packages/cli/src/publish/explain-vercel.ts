import { printable } from '../terminal/style.ts'
import type { VercelAnswer } from './ask-vercel.ts'

/** Why an answer of Vercel is not what was asked for, and the cure. */
export function explainVercel({ status, said, retryAfter, value }: VercelAnswer, config: string): string {
  const told = said === undefined ? '' : ` (${printable(said)})`
  if (status === 0) return `api.vercel.com did not answer${told}. Check the network and publish again.`
  const known = CURES[status]?.(config, retryAfter)
  if (known !== undefined) return `Vercel answered ${status}${told}: ${known}`
  if (status >= 500) return `Vercel has trouble: status ${status}${told}. Publish again later.`
  if (value === undefined)
    return `What answered for api.vercel.com with the status ${status} is no JSON. Look for a proxy between here and there.`
  return `Vercel answered ${status}${told}. Look at what it says, and publish again.`
}

type Cure = (config: string, retryAfter: string | undefined) => string

const CURES: { readonly [status: number]: Cure } = {
  401: () => 'it does not know VERCEL_TOKEN. Make another under Account Settings → Tokens.',
  402: () => 'the account has an open payment or is blocked. Look at its billing page.',
  403: (config) =>
    `VERCEL_TOKEN may not do that to ${config}. Use a token of its owner; of a team, set VERCEL_TEAM_ID too.`,
  404: (config) => `there is no ${config} for this token. Check --config; of a team, set VERCEL_TEAM_ID.`,
  409: () => 'somebody else writes at the same time. Publish again.',
  413: () => 'it is too large. Leave the document out with --no-document, or take a larger plan.',
  429: (_, retryAfter) =>
    `too many requests. Publish again ${retryAfter === undefined ? 'in a minute' : `in ${retryAfter} seconds`}.`,
}
