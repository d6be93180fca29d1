import { unlikelyReason } from '../condition/check-likely.ts'
import { type Attr, type Condition, childrenOf } from '../condition/condition.ts'
import type { Findings } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import type { Ruleset } from './ruleset.ts'

const OPERATORS = ['is', 'isNot', 'in', 'notIn'] as const

/** Warns of values that no request ever has, so that a test on them always answers alike. */
export function warnOfValues(findings: Findings, { segments = {}, experiences = [] }: Ruleset): void {
  for (const [key, { when }] of Object.entries(segments))
    warnBelow(findings, jsonPath(jsonPath('$.segments', key), 'when'), when)
  experiences.forEach(({ audience }, at) => {
    const path = jsonPath(jsonPath('$.experiences', at), 'audience')
    if (audience !== undefined) warnBelow(findings, path, audience)
  })
}

function warnBelow(findings: Findings, path: string, condition: Condition): void {
  if (findings.hasManyWarnings) return
  if ('attr' in condition) return warnOfTest(findings, path, condition)
  if ('not' in condition) return warnBelow(findings, jsonPath(path, 'not'), condition.not)
  const list = jsonPath(path, 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'of')
  childrenOf(condition).forEach((child, at) => {
    warnBelow(findings, jsonPath(list, at), child)
  })
}

function warnOfTest(findings: Findings, path: string, condition: Attr): void {
  const operator = OPERATORS.find((name) => Object.hasOwn(condition, name))
  if (operator === undefined) return
  const operand = condition[operator]
  const place = jsonPath(path, operator)
  const values = Array.isArray(operand)
    ? operand.map((value: unknown, at) => [jsonPath(place, at), value] as const)
    : [[place, operand] as const]
  for (const [at, value] of values) {
    if (typeof value !== 'string') continue
    const message = unlikelyReason(condition.attr, value, condition.ignoreCase === true)
    if (message !== undefined) findings.warning(at, 'unlikely-value', message, value)
  }
}
