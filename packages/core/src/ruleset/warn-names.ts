import type { Condition } from '../condition/condition.ts'
import { isEmptyFilter } from '../condition/reason/filter.ts'
import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { referencesOf } from './check-segments.ts'
import type { Ruleset } from './ruleset.ts'

const PERSONAL =
  /e-?mail|phone|address|birth|passport|iban|card|ssn|first_?name|last_?name|full_?name|surname/i

/** Warns of definitions: what looks like personal data, what nothing uses, what nobody can reach. */
export function warnOfNames(findings: Findings, ruleset: Ruleset): void {
  warnOfPersonalData(findings, ruleset)
  warnOfStages(findings, ruleset)
  warnOfUnused(findings, ruleset)
  warnOfUnusedVariants(findings, ruleset)
}

function warnOfPersonalData(findings: Findings, { traits = {} }: Ruleset): void {
  for (const name of Object.keys(traits)) {
    if (!PERSONAL.test(name)) continue
    findings.warning(
      jsonPath('$.traits', name),
      'personal-data',
      `The trait ${quote(name)} looks like personal data. Keep a yes or no, or a band, instead.`,
      name,
    )
  }
}

function warnOfStages(findings: Findings, { funnels = {} }: Ruleset): void {
  for (const [name, { steps }] of Object.entries(funnels)) {
    const at = steps.findIndex(({ where }) => isEmptyFilter(where))
    if (at === -1) continue
    const { stage, where } = steps[at]!
    findings.warning(
      jsonPath(jsonPath(jsonPath('$.funnels', name), 'steps'), at),
      'unreachable-stage',
      `No event passes the filter of ${quote(stage)}: nobody reaches it, nor what comes after it. Mend the filter.`,
      where,
    )
  }
}

function warnOfUnused(findings: Findings, { experiences = [], segments = {} }: Ruleset): void {
  const conditions: readonly Condition[] = [
    ...experiences.flatMap(({ audience }) => (audience === undefined ? [] : [audience])),
    ...Object.values(segments).map((segment) => segment.when),
  ]
  const used = new Set(conditions.flatMap(referencesOf))
  for (const key of Object.keys(segments)) {
    if (findings.hasManyWarnings) return
    if (used.has(key)) continue
    findings.warning(
      jsonPath('$.segments', key),
      'unused-segment',
      `Nothing uses the segment ${quote(key)}. Use it or remove it.`,
      key,
    )
  }
}

// A share of 0 shows nothing today and yet says that the variant is meant.
function warnOfUnusedVariants(findings: Findings, { placements = {}, experiences = [] }: Ruleset): void {
  const shown = new Map<string, Set<string>>()
  for (const { placement, allocation } of experiences) {
    const variants = shown.get(placement) ?? new Set<string>()
    for (const { variant } of allocation) variants.add(variant)
    shown.set(placement, variants)
  }
  for (const [key, { baseline, variants }] of Object.entries(placements)) {
    variants.forEach((variant, at) => {
      if (variant === baseline || shown.get(key)?.has(variant)) return
      findings.warning(
        jsonPath(jsonPath(jsonPath('$.placements', key), 'variants'), at),
        'unused-variant',
        `No experience shows ${quote(variant)}, and it is not the baseline. Allocate it or remove it.`,
        variant,
      )
    })
  }
}
