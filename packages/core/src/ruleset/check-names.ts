import { type Findings, quote } from '../result/findings.ts'
import { isObject, own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkKey } from './check-each.ts'
import { specialCategoryOf } from './special-category.ts'

type Members = { readonly [key: string]: unknown }

// Shorter is no reason that somebody else could judge.
const LEAST_REASON = 10

/**
 * Refuses traits, segments and event properties whose names speak of a special category of personal data (GDPR, Art. 9 and 10), unless
 * `specialCategories` says why this one may be kept.
 */
export function checkNames(findings: Findings, ruleset: Members): void {
  const reasons = checkReasons(findings, ruleset.specialCategories)
  const check = (path: string, names: unknown, what: string): void => {
    if (!isObject(names)) return
    for (const name of Object.keys(names)) {
      if (findings.isFull) return
      const category = specialCategoryOf(name)
      if (category === undefined || own(reasons, name) !== undefined) continue
      findings.error(
        jsonPath(path, name),
        'special-category',
        `The ${what} ${quote(name)} speaks of ${category}, which the law protects (GDPR, Art. 9 and 10). Rename or remove it, or say under specialCategories why it may be kept.`,
        name,
      )
    }
  }
  check('$.traits', ruleset.traits, 'trait')
  check('$.segments', ruleset.segments, 'segment')
  const { events } = ruleset
  if (!isObject(events)) return
  for (const [event, definition] of Object.entries(events)) {
    const properties = isObject(definition) ? own(definition, 'properties') : undefined
    check(jsonPath(jsonPath('$.events', event), 'properties'), properties, 'property')
  }
}

function checkReasons(findings: Findings, reasons: unknown): Members {
  const path = '$.specialCategories'
  if (reasons === undefined || !findings.object(path, reasons, '"specialCategories"')) return {}
  for (const [name, reason] of Object.entries(reasons)) {
    const at = jsonPath(path, name)
    if (findings.isFull || !checkKey(findings, at, name)) continue
    if (typeof reason === 'string' && reason.trim().length >= LEAST_REASON) continue
    findings.error(
      at,
      'special-category-reason',
      `${quote(reason)} is no reason. Write in at least ${LEAST_REASON} characters what allows to keep it, for example the visitors' explicit consent and where it is asked.`,
      reason,
    )
  }
  // One reason that is none is told where it stands, not once more at the name.
  return reasons
}
