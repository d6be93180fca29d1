import type { Decision, DecisionReason } from '../decision/decision.ts'
import { isObject, own } from '../result/json.ts'
import type { ShownRuleset } from '../ruleset/published-ruleset.ts'
import { fromPayload, toPayload } from './payload.ts'
import { type SealKeys, seal, unseal } from './seal.ts'
import type { TokenOwner } from './visitor-token.ts'

/** Decisions held still for the client-side navigation that follows a document. */
export interface Pin {
  readonly [placement: string]: Decision
}

/** The longest pin that is read or issued, in characters. */
export const MAX_PIN = 2_000

type PinnedDecision = readonly [variant: string, reason: DecisionReason, experience?: string]

/** Writes a pin bound to site and visitor. */
export function encodePin(keys: SealKeys, owner: TokenOwner, ruleset: ShownRuleset, pin: Pin): string {
  const pinned = Object.entries(pin).map(([placement, { variant, reason, experience }]) => {
    const decision: PinnedDecision =
      experience === undefined ? [variant, reason] : [variant, reason, experience]
    return [placement, decision]
  })
  return seal(keys, 'pin', binding(owner), toPayload([ruleset.revision, Object.fromEntries(pinned)]))
}

/** Reads a pin; `undefined` when it is not ours, somebody else's, or of another revision. */
export function decodePin(
  keys: SealKeys,
  owner: TokenOwner,
  ruleset: ShownRuleset,
  text: string,
): Pin | undefined {
  if (text.length > MAX_PIN) return undefined
  const payload = unseal(keys, 'pin', binding(owner), text)
  const packed = payload === undefined ? undefined : fromPayload(payload)
  if (!Array.isArray(packed) || packed[0] !== ruleset.revision || !isObject(packed[1])) return undefined
  const decisions = Object.entries(packed[1]).flatMap(([placement, pinned]) => {
    const [variant, reason, experience] = pinned as PinnedDecision
    // A placement or variant that is gone is decided anew.
    if (!own(ruleset.placements ?? {}, placement)?.variants.includes(variant)) return []
    return [{ placement, variant, reason, until: null, ...(experience === undefined ? {} : { experience }) }]
  })
  return Object.fromEntries(decisions.map((decision) => [decision.placement, decision]))
}

function binding({ site, visitor }: TokenOwner): string {
  return JSON.stringify([site, visitor])
}
