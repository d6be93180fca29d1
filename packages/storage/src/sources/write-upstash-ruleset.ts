import { sealRuleset } from '../source/envelope.ts'
import { trouble } from '../source/trouble.ts'
import { within } from '../source/within.ts'
import { askUpstash } from './ask-upstash.ts'
import { RULESET_KEY } from './ruleset-key.ts'

/** Where in Upstash a ruleset is put. */
export interface UpstashPlace {
  /** `UPSTASH_REDIS_REST_URL`. */
  readonly url: string
  /** `UPSTASH_REDIS_REST_TOKEN`, not the read-only one. */
  readonly token: string
  /** Default `attune:ruleset`. */
  readonly key?: string | undefined
  /** Signs it. */
  readonly secret: string
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

/**
 * Puts the text of a published ruleset below a key, signed, in one step, and reads it back.
 * @throws when Upstash is out of reach, refuses, or then holds something else.
 */
export async function writeUpstashRuleset(
  text: string,
  { url, token, key = RULESET_KEY, secret, timeout = 10_000 }: UpstashPlace,
): Promise<void> {
  const name = `the key ${key} of Upstash`
  const envelope = JSON.stringify(await sealRuleset(text, secret))
  await within(name, timeout, async (signal) => {
    await askUpstash({ url, token, signal }, ['SET', key, envelope])
    if ((await askUpstash({ url, token, signal }, ['GET', key])) !== envelope)
      throw trouble(name, 'does not hold what was written. Publish again')
  })
}
