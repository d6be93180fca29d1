import type { Problem, PublishedRuleset, Ruleset } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import type { JsonObject } from '@attune/core/json'
import { publishRuleset } from '@attune/core/publish'
import { sentencesOf } from './sentences-of.ts'

/** What is sent to be published. */
export interface Prepared {
  readonly document: Ruleset
  /** Without its document, which the server puts beside it. */
  readonly published: PublishedRuleset
  readonly sentences: Readonly<Record<string, string>>
}

/** Makes a draft ready to be published under a revision; or answers the errors that keep it from that. */
export function prepareDraft(
  draft: JsonObject,
  revision: string,
):
  | { readonly ok: true; readonly value: Prepared }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const document: JsonObject = { ...draft, revision }
  const parsed = parseRuleset(document)
  if (!parsed.ok) return parsed
  const value: Prepared = {
    document: parsed.value,
    published: publishRuleset(parsed.value, { document: false }),
    sentences: sentencesOf(document, []),
  }
  return { ok: true, value }
}
