import { checkCondition } from '../condition/check-condition.ts'
import { type Condition, childrenOf } from '../condition/condition.ts'
import type { ConditionCheck } from '../condition/condition-check.ts'
import { durationSeconds } from '../condition/duration.ts'
import { isFunctional } from '../experience/compile-experience.ts'
import { isTimezone } from '../match/local-time.ts'
import { Findings, quote } from '../result/findings.ts'
import { isObject } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { failure, type Problem, type Result, success } from '../result/result.ts'
import { checkDefinitions, checkEach, checkKey } from './check-definitions.ts'
import { checkExperiences, checkRetention } from './check-experience.ts'
import { checkPlacements, checkRoutes } from './check-placements.ts'
import { planRuleset } from './compile-ruleset.ts'
import { DEFAULT_PROFILE_RETENTION, type Ruleset } from './ruleset.ts'

/** The most signals that the profile at the edge may have. */
export const MAX_SIGNALS = 48

const FIELDS = [
  '$schema',
  'version',
  'revision',
  'timezone',
  'retention',
  'events',
  'traits',
  'scores',
  'interests',
  'funnels',
  'rfm',
  'models',
  'segments',
  'placements',
  'experiences',
  'routes',
  'holdout',
  'budget',
]

/** Everything found in a ruleset: errors keep it from being published, warnings do not. */
export function checkRuleset(value: unknown): readonly Problem[] {
  const findings = new Findings()
  if (!findings.object('$', value, 'A ruleset')) return findings.problems
  findings.fields('$', value, FIELDS)
  checkHead(findings, value)
  const definitions = checkDefinitions(findings, value)
  for (const later of ['scores', 'funnels', 'rfm', 'models']) checkEach(findings, value, later, () => true)
  const retention = checkRetention(findings, value.retention, durationSeconds(DEFAULT_PROFILE_RETENTION))
  const segments = new Set(isObject(value.segments) ? Object.keys(value.segments) : [])
  const scope: ConditionCheck = { definitions, segments, retention, findings, isTimezone }
  checkSegments(scope, value)
  const placements = checkPlacements(findings, value)
  checkExperiences(scope, value.experiences, placements)
  checkRoutes(findings, value.routes, placements)
  checkHoldout(findings, value.holdout)
  if (findings.problems.some((problem) => problem.severity === 'error')) return findings.problems
  checkWhole(findings, value as unknown as Ruleset)
  return findings.problems
}

/** Checks an unknown value as a ruleset; warnings do not keep it from being one. */
export function parseRuleset(value: unknown): Result<Ruleset> {
  const problems = checkRuleset(value).filter((problem) => problem.severity === 'error')
  if (problems.length > 0) return { ok: false, problems }
  return isObject(value)
    ? success(value as unknown as Ruleset)
    : failure('$', 'not-an-object', 'A ruleset is an object.')
}

function checkHead(
  findings: Findings,
  { version, revision, budget }: { readonly [key: string]: unknown },
): void {
  if (version !== 1)
    findings.error(
      '$.version',
      'version',
      `This reads version 1, not ${quote(version)}. Write "version": 1.`,
      version,
    )
  if (typeof revision !== 'string' || revision === '' || revision.length > 64) {
    findings.error(
      '$.revision',
      'revision',
      `${quote(revision)} is no revision. Use text of 1 to 64 characters, new at each change.`,
      revision,
    )
  }
  if (budget === undefined || (typeof budget === 'number' && Number.isInteger(budget) && budget >= 1)) return
  findings.error(
    '$.budget',
    'bound',
    `${quote(budget)} is no budget. Use a whole number of at least 1.`,
    budget,
  )
}

function checkSegments(scope: ConditionCheck, ruleset: { readonly [key: string]: unknown }): void {
  const conditions = checkEach(scope.findings, ruleset, 'segments', (findings, path, _key, segment) => {
    if (!findings.object(path, segment, 'A segment')) return undefined
    findings.fields(path, segment, ['label', 'when'])
    if (segment.label !== undefined && typeof segment.label !== 'string') {
      findings.error(jsonPath(path, 'label'), 'not-text', 'A label is text.', segment.label)
    }
    const before = findings.problems.length
    checkCondition(scope, jsonPath(path, 'when'), segment.when)
    return findings.problems.length === before ? (segment.when as Condition) : undefined
  })
  checkCycles(scope.findings, conditions)
}

function checkCycles(findings: Findings, conditions: { readonly [key: string]: Condition }): void {
  const states = new Map<string, 'open' | 'done'>()
  const visit = (key: string, trail: readonly string[]): void => {
    if (states.get(key) === 'done' || !Object.hasOwn(conditions, key)) return
    if (states.get(key) === 'open') {
      const cycle = [...trail.slice(trail.indexOf(key)), key].join(' → ')
      findings.error(
        jsonPath('$.segments', key),
        'cycle',
        `The segments refer to each other in a circle: ${cycle}. Break it.`,
        cycle,
      )
      return
    }
    states.set(key, 'open')
    for (const next of referencesOf(conditions[key]!)) visit(next, [...trail, key])
    states.set(key, 'done')
  }
  for (const key of Object.keys(conditions)) visit(key, [])
}

function referencesOf(condition: Condition): readonly string[] {
  if ('segment' in condition) return [condition.segment]
  return childrenOf(condition).flatMap(referencesOf)
}

function checkHoldout(findings: Findings, holdout: unknown): void {
  if (holdout === undefined || !findings.object('$.holdout', holdout, '"holdout"')) return
  findings.fields('$.holdout', holdout, ['share', 'salt'])
  checkKey(findings, '$.holdout.salt', holdout.salt)
  const share = holdout.share
  if (typeof share === 'number' && share >= 0 && share <= 1 && Number(share.toFixed(4)) === share) return
  findings.error(
    '$.holdout.share',
    'share',
    `${quote(share)} is no share. Use 0 to 1 with at most four decimals.`,
    share,
  )
}

// What can only be said of a ruleset whose every part is sound.
function checkWhole(findings: Findings, ruleset: Ruleset): void {
  const signals = planRuleset(ruleset).signals.length
  if (signals > MAX_SIGNALS) {
    findings.error(
      '$',
      'too-many-signals',
      `The conditions need ${signals} signals; ${MAX_SIGNALS} are allowed. Share events and filters between conditions.`,
      signals,
    )
  }
  checkUnheard(findings, ruleset)
  const audiences = (ruleset.experiences ?? []).flatMap(({ audience }) =>
    audience === undefined ? [] : [audience],
  )
  const conditions = [...audiences, ...Object.values(ruleset.segments ?? {}).map((segment) => segment.when)]
  const used = new Set(conditions.flatMap(referencesOf))
  for (const key of Object.keys(ruleset.segments ?? {})) {
    if (!used.has(key))
      findings.warning(
        jsonPath('$.segments', key),
        'unused-segment',
        `Nothing uses the segment ${quote(key)}. Use it or remove it.`,
        key,
      )
  }
}

// The purpose says "without consent too", yet nothing that knows the visitor is considered then.
function checkUnheard(findings: Findings, { experiences = [], segments = {} }: Ruleset): void {
  experiences.forEach((experience, at) => {
    if (experience.purpose !== 'functional' || isFunctional(experience, segments)) return
    findings.warning(
      jsonPath(jsonPath('$.experiences', at), 'purpose'),
      'functional',
      'Without consent this is never shown: an audience that reads only context, "when" and "consent", and one variant with share 1, would be. Change them or remove the purpose.',
      experience.key,
    )
  })
}
