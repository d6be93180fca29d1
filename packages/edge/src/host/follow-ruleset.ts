import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'

/** A published ruleset, one imported as JSON, whose types TypeScript widens, or the source of one that may change. */
export type RulesetInput =
  | PublishedRuleset
  | { readonly published: number; readonly revision: string }
  | RulesetSource

/** Keeps a request's surroundings alive for what goes on behind its answer. */
export type WaitUntil = (work: Promise<unknown>) => void

/**
 * Makes something of a ruleset: of one that stays at once, of a source's whenever there is another, before it is in force. While a source has
 * none, a request waits `patience` milliseconds for it and goes on without.
 */
export function followRuleset<Made>(
  input: RulesetInput,
  patience: number,
  make: (ruleset: PublishedRuleset) => Made,
): (waitUntil: WaitUntil) => Promise<Made | undefined> {
  // One that was forgotten is missed when it is compiled, with the cure.
  if (!input || !('load' in input)) {
    // A JSON import has the values but not the literal types.
    const made = make(input as PublishedRuleset)
    return async () => made
  }
  let made: Made | undefined
  input.follow((ruleset) => {
    const next = make(ruleset)
    return () => {
      made = next
    }
  })
  return async (waitUntil) => {
    // Why there is none, the source has said; what was made last goes on.
    const loading = input.load().then(
      () => {},
      () => {},
    )
    waitUntil(loading)
    if (made === undefined) await within(patience, loading)
    return made
  }
}

function within(milliseconds: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
