import type { Problem } from '@attune/core'
import type { JsonObject } from '@attune/core/json'
import { useEffect, useMemo, useState } from '@wordpress/element'
import { siteTimezone } from '../common/screen-facts.ts'
import { starterDocument } from '../document/starter.ts'
import { type Engine, useEngine } from '../engine/use-engine.ts'
import type { KeptRuleset } from '../server/answers.ts'

/** The document under somebody's hands. Nothing of it is in force before it is published. */
export interface Draft {
  readonly document: JsonObject
  /** As it was published; that of a new site is the one to begin with. */
  readonly saved: JsonObject
  readonly isDirty: boolean
  readonly edit: (document: JsonObject) => void
  readonly discard: () => void
  /** What the checker found; undefined while it is not there yet. */
  readonly problems: readonly Problem[] | undefined
  /** What its sound segments say in plain words; undefined while the engine is not there. */
  readonly sentences: Readonly<Record<string, string>> | undefined
  readonly engine: Engine | undefined
  /** Why the engine cannot be had; empty while all is well. */
  readonly trouble: string
}

/** Edits what is published. `needsEngine`: the screen checks even what nobody changed. */
export function useDraft(kept: KeptRuleset, needsEngine: boolean): Draft {
  const saved = useMemo(() => kept.document ?? starterDocument(siteTimezone()), [kept])
  const [document, setDocument] = useState(saved)
  useEffect(() => setDocument(saved), [saved])
  const isDirty = useMemo(() => document !== saved && !isSame(document, saved), [document, saved])
  const { engine, trouble } = useEngine(needsEngine || isDirty)
  const checked = useSettled(document)
  const problems = useMemo(() => engine?.checkDraft(checked), [engine, checked])
  const sentences = useMemo(
    () => (problems === undefined ? undefined : engine?.sentencesOf(checked, problems)),
    [engine, checked, problems],
  )
  return {
    document,
    saved,
    isDirty,
    edit: setDocument,
    discard: () => setDocument(saved),
    problems,
    sentences,
    engine,
    trouble,
  }
}

const isSame = (one: JsonObject, other: JsonObject): boolean => JSON.stringify(one) === JSON.stringify(other)

// Who types is not held up by the checker.
const SETTLE_MS = 150

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
