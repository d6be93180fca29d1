import { createSealKeys, type PublishedRuleset, type SealKeys } from '@attune/core'
import { createRouter } from '@attune/edge'
import type { RulesetSource } from '@attune/storage'
import { type SecretInput, toSecret } from '../secret-input.ts'
import { type PageDecisions, readDecisions } from './read-decisions.ts'

/** The same source, secret and site as the proxy's. */
export interface DecisionReaderOptions {
  /** A function is called at the first page, so that a build asks nobody. */
  readonly ruleset: RulesetSource | (() => RulesetSource)
  readonly secret: SecretInput
  /** Default `site`. */
  readonly site?: string
}

interface Opened {
  readonly source: RulesetSource
  readonly keys: SealKeys
}

/** Reads what a code says for a public path, such as `/guides/espresso`; resolves to `undefined` when the code is not ours. */
export type DecisionReader = (path: string, code: string) => Promise<PageDecisions | undefined>

/**
 * Creates what reads codes where routes come and go with the ruleset: for one page below `app/attune/[code]/[[...path]]` that
 * shows every path. A code made by the ruleset of a moment ago is understood; one made by a newer has it fetched.
 */
export function createDecisionReader({
  ruleset,
  secret,
  site = 'site',
}: DecisionReaderOptions): DecisionReader {
  let opened: Opened | undefined
  const open = (): Opened => {
    opened ??= {
      source: typeof ruleset === 'function' ? ruleset() : ruleset,
      keys: createSealKeys(toSecret(secret, 'createDecisionReader')),
    }
    return opened
  }
  return async (path, code) => {
    const { source, keys } = open()
    // Without a ruleset nothing below can be read; why there is none, its source has said.
    await source.load().catch(() => {})
    const read = (): PageDecisions | undefined =>
      readRecent(source, path, (recent, route) => readDecisions(keys, site, recent, route, code))
    const decisions = read()
    if (decisions !== undefined) return decisions
    await source.refresh()
    return read()
  }
}

function readRecent(
  source: RulesetSource,
  path: string,
  read: (ruleset: PublishedRuleset, route: string) => PageDecisions | undefined,
): PageDecisions | undefined {
  for (const ruleset of source.recent()) {
    const route = createRouter(Object.keys(ruleset.routes))(path)?.route
    const decisions = route === undefined ? undefined : read(ruleset, route)
    if (decisions !== undefined) return decisions
  }
  return undefined
}
