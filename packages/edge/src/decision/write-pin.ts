import { encodePin, MAX_PIN, type Pin, type SealKeys, type ShownRuleset, type TokenOwner } from '@attune/core'

/** The value of the pin cookie; `undefined` when it is what the cookie already says, or too long to be read again. */
export function writePin(
  keys: SealKeys,
  owner: TokenOwner,
  ruleset: ShownRuleset,
  pin: Pin,
  cookie: string,
): string | undefined {
  const text = encodePin(keys, owner, ruleset, pin)
  return text === cookie || text.length > MAX_PIN ? undefined : text
}
