import { Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import type { Problem, Result } from '../result/result.ts'
import { checkRuleset as checkDocument, parseRuleset as parseDocument } from '../ruleset/check-ruleset.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { DEFAULT_BUDGET, planRoute } from './plan-route.ts'
import type { RoutePlan } from './route-plan.ts'
import type { Work } from './solve.ts'

// Some hundredths of a second for all routes together; past it what is not ruled out counts as possible.
const WORK = 100_000

/** Everything found in a ruleset: errors keep it from being published, warnings do not. */
export function checkRuleset(value: unknown): readonly Problem[] {
  const problems = checkDocument(value)
  const isSound = !problems.some(({ severity }) => severity === 'error')
  return isSound ? [...checkBudget(value as Ruleset), ...problems] : problems
}

/** Checks an unknown value as a ruleset; warnings do not keep it from being one. */
export function parseRuleset(value: unknown): Result<Ruleset> {
  const parsed = parseDocument(value)
  if (!parsed.ok) return parsed
  const problems = checkBudget(parsed.value)
  return problems.length > 0 ? { ok: false, problems } : parsed
}

/** The routes of a sound ruleset that have more combinations than its budget allows. */
export function checkBudget(ruleset: Ruleset): readonly Problem[] {
  const findings = new Findings()
  const { budget = DEFAULT_BUDGET, routes = {} } = ruleset
  const work: Work = { left: WORK }
  for (const [route, placements] of Object.entries(routes)) {
    // Most routes stay within the budget whatever can occur on them.
    if (productOf(ruleset, placements) <= budget) continue
    const plan = planRoute(ruleset, route, { work, most: 0 })
    if (!plan.isOver) continue
    findings.error(jsonPath('$.routes', route), 'over-budget', messageOf(plan), plan.count)
  }
  return findings.problems
}

function productOf({ placements = {} }: Ruleset, keys: readonly string[]): number {
  return keys.reduce((product, key) => product * placements[key]!.variants.length, 1)
}

function messageOf({ count, isExact, budget, breaks }: RoutePlan): string {
  const number = isExact ? `${count}` : `at least ${count}`
  const said = `Its placements make ${number} combinations of variants, and the budget is ${budget}.`
  if (breaks === null) return `${said} Raise "budget".`
  const { placement, without, isStillOver } = breaks
  const cure = isStillOver
    ? `${quote(placement)} multiplies them most: take it and others from the route`
    : `Without ${quote(placement)} there are ${without}: take it from the route`
  return `${said} ${cure}, let experiences exclude each other (a "group", audiences that are never both true), or raise "budget".`
}
