import { type Condition, childrenOf } from '../condition/condition.ts'
import type { Effort } from '../condition/reason/search.ts'
import { mayAllBe } from '../condition/reason.ts'
import { type Findings, quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import type { Ruleset } from './ruleset.ts'

/** A condition that cannot be true, or cannot be false. */
type Fixed = 'never' | 'always' | undefined

/** The audiences that can never be true and were warned of, by their place. */
export type NeverAudiences = ReadonlySet<number>

/** Warns of the innermost conditions that are never true, or true for everybody whose answer is known. */
export function warnOfConditions(findings: Findings, ruleset: Ruleset, effort: Effort): NeverAudiences {
  const walk = new Walk(findings, ruleset, effort)
  for (const [key, { when }] of Object.entries(ruleset.segments ?? {})) {
    if (effort.left <= 0) break
    walk.visit(jsonPath(jsonPath('$.segments', key), 'when'), when)
  }
  const never = new Set<number>()
  ruleset.experiences?.forEach(({ audience }, at) => {
    if (audience === undefined || 'segment' in audience) return
    const path = jsonPath(jsonPath('$.experiences', at), 'audience')
    if (walk.visit(path, audience) === 'never') never.add(at)
  })
  return never
}

class Walk {
  readonly #findings: Findings
  readonly #ruleset: Ruleset
  readonly #effort: Effort
  readonly #segments = new Map<string, Fixed>()

  constructor(findings: Findings, ruleset: Ruleset, effort: Effort) {
    this.#findings = findings
    this.#ruleset = ruleset
    this.#effort = effort
  }

  visit(path: string, condition: Condition): Fixed {
    if (this.#effort.left <= 0) return undefined
    if ('segment' in condition) return this.#ofSegment(condition.segment)
    if ('not' in condition) return TURNED[this.visit(jsonPath(path, 'not'), condition.not) ?? 'open']
    const children = childrenOf(condition)
    const key = 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'of'
    const fixed = children.map((child, at) => this.visit(jsonPath(jsonPath(path, key), at), child))
    // One child decides the whole, and was told of.
    if (key === 'all' && fixed.includes('never')) return 'never'
    if (key === 'any' && fixed.includes('always')) return 'always'
    if (children.length > 0 && fixed.every((one) => one !== undefined && one === fixed[0])) return fixed[0]
    if (key === 'of' && fixed.some((one) => one !== undefined)) return undefined
    if (key !== 'any' && !this.#may(condition, 'true')) return this.#sayNever(path, condition)
    if (key !== 'all' && !this.#may(condition, 'false')) return this.#sayAlways(path, condition)
    return undefined
  }

  // The segment's own condition is where it is told.
  #ofSegment(key: string): Fixed {
    if (this.#segments.has(key)) return this.#segments.get(key)
    const when = own(this.#ruleset.segments ?? {}, key)?.when
    const fixed = when === undefined ? undefined : this.#fixed(when)
    this.#segments.set(key, fixed)
    return fixed
  }

  #fixed(condition: Condition): Fixed {
    if (!this.#may(condition, 'true')) return 'never'
    return this.#may(condition, 'false') ? undefined : 'always'
  }

  #may(condition: Condition, is: 'true' | 'false'): boolean {
    return mayAllBe([{ condition, is }], this.#ruleset, this.#effort)
  }

  #sayNever(path: string, condition: Condition): Fixed {
    if ('sequence' in condition) {
      const message = this.#broken(condition.sequence, condition.unless)
      this.#findings.warning(path, 'never-completes', message, condition)
      return 'never'
    }
    const parts = this.#quarrel(childrenOf(condition))
    const message =
      parts === undefined
        ? 'This is never true, whoever asks and whenever. Correct or remove it.'
        : `${quote(parts[0])} and ${quote(parts[1])} are never both true. Correct or remove one of them.`
    this.#findings.warning(path, 'never-true', message, condition)
    return 'never'
  }

  #sayAlways(path: string, condition: Condition): Fixed {
    const message = 'This is true for everybody whose answer is known. Correct or remove it.'
    this.#findings.warning(path, 'always-true', message, condition)
    return 'always'
  }

  #broken(steps: readonly { readonly event: string }[], unless: string | undefined): string {
    const isBroken = steps.slice(1, -1).some(({ event }) => event === unless)
    return isBroken
      ? `The step ${quote(unless)} breaks every chain, since it is also the "unless". Remove one of the two.`
      : 'No event passes the filter of one of these steps. Mend the filter.'
  }

  // Two children that exclude each other say more than all of them.
  #quarrel(children: readonly Condition[]): readonly [Condition, Condition] | undefined {
    for (const [at, first] of children.entries()) {
      for (const second of children.slice(at + 1)) {
        const both = [first, second].map((condition) => ({ condition, is: 'true' as const }))
        if (!mayAllBe(both, this.#ruleset, this.#effort)) return [first, second]
      }
    }
    return undefined
  }
}

const TURNED: { readonly [F in NonNullable<Fixed> | 'open']: Fixed } = {
  never: 'always',
  always: 'never',
  open: undefined,
}
