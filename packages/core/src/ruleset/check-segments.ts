import { checkCondition } from '../condition/check-condition.ts'
import { type Condition, childrenOf } from '../condition/condition.ts'
import type { ConditionCheck } from '../condition/condition-check.ts'
import { type Findings, quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkEach, isSound } from './check-each.ts'

/** Segments may refer to each other through so many. */
const MAX_REFERENCES = 64

/** Checks the segments one by one, and that they do not refer to each other in a circle. */
export function checkSegments(scope: ConditionCheck, ruleset: { readonly [key: string]: unknown }): void {
  const { findings } = scope
  const conditions = checkEach(findings, ruleset, 'segments', (path, _, segment) => {
    if (!findings.object(path, segment, 'A segment')) return undefined
    findings.fields(path, segment, ['label', 'when'])
    if (segment.label !== undefined && typeof segment.label !== 'string') {
      const message = `${quote(segment.label)} is no label. Write text.`
      findings.error(jsonPath(path, 'label'), 'not-text', message, segment.label)
    }
    const sound = isSound(findings, () => checkCondition(scope, jsonPath(path, 'when'), segment.when))
    return sound ? (segment.when as Condition) : undefined
  })
  checkReferences(findings, conditions)
}

/** The segments that a condition and all below it refer to. */
export function referencesOf(condition: Condition): readonly string[] {
  if ('segment' in condition) return [condition.segment]
  return childrenOf(condition).flatMap(referencesOf)
}

function checkReferences(findings: Findings, conditions: { readonly [key: string]: Condition }): void {
  // How many references lead down from a segment; 0 while it is being looked at.
  const depths = new Map<string, number>()
  const trail: string[] = []
  const visit = (key: string): number => {
    const condition = own(conditions, key)
    if (condition === undefined) return 1
    const known = depths.get(key)
    if (known === 0) reportCycle(findings, trail, key)
    if (known !== undefined) return known
    if (trail.length > MAX_REFERENCES) return 1
    depths.set(key, 0)
    trail.push(key)
    const depth = 1 + Math.max(0, ...new Set(referencesOf(condition).map(visit)))
    trail.pop()
    depths.set(key, depth)
    return depth
  }
  for (const key of Object.keys(conditions)) {
    if (visit(key) > MAX_REFERENCES) {
      const message = `This segment refers to others through more than ${MAX_REFERENCES}. Join some of them.`
      return findings.error(jsonPath('$.segments', key), 'too-deep', message, key)
    }
  }
}

function reportCycle(findings: Findings, trail: readonly string[], key: string): void {
  const cycle = [...trail.slice(trail.indexOf(key)), key].join(' → ')
  findings.error(
    jsonPath('$.segments', key),
    'cycle',
    `The segments refer to each other in a circle: ${cycle}. Break it.`,
    cycle,
  )
}
