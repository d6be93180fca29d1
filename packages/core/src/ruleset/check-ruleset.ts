import { tellNo } from '../condition/check-scope.ts'
import type { ConditionCheck } from '../condition/condition-check.ts'
import { durationSeconds } from '../condition/duration.ts'
import { namesOf } from '../condition/named.ts'
import { isTimezone } from '../match/local-time.ts'
import { Findings, quote } from '../result/findings.ts'
import { type Problem, type Result, success } from '../result/result.ts'
import { checkDefinitions } from './check-definitions.ts'
import { checkKey } from './check-each.ts'
import { checkExperiences, checkRetention } from './check-experience.ts'
import { checkNames } from './check-names.ts'
import { checkPlacements, checkRoutes } from './check-placements.ts'
import { checkSegments } from './check-segments.ts'
import { planRuleset } from './plan-ruleset.ts'
import { DEFAULT_PROFILE_RETENTION, type Ruleset } from './ruleset.ts'
import { warn } from './warn.ts'

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
  'segments',
  'placements',
  'experiences',
  'routes',
  'holdout',
  'specialCategories',
  'budget',
]

const PUBLISHED =
  'This is a published ruleset. Give the document that it was published from: the file that people edit.'

/** Everything found in a ruleset: errors keep it from being published, warnings do not. */
export function checkRuleset(value: unknown): readonly Problem[] {
  const findings = new Findings()
  checkErrors(findings, value)
  if (findings.errors === 0) warn(findings, value as Ruleset)
  return findings.problems
}

/** Checks an unknown value as a ruleset; warnings do not keep it from being one. */
export function parseRuleset(value: unknown): Result<Ruleset> {
  const findings = new Findings()
  checkErrors(findings, value)
  return findings.errors > 0 ? { ok: false, problems: findings.problems } : success(value as Ruleset)
}

function checkErrors(findings: Findings, value: unknown): void {
  if (!findings.object('$', value, 'A ruleset')) return
  // What came of publishing has other members; one finding says more than one for each of them.
  if (Object.hasOwn(value, 'published') && Object.hasOwn(value, 'plan'))
    return findings.error('$', 'published', PUBLISHED)
  // Models have no format yet: what is said of one is said where definitions are checked.
  const { models: _, ...offered } = value
  findings.fields('$', offered, FIELDS)
  checkHead(findings, value)
  checkNames(findings, value)
  const retention = checkRetention(findings, value.retention, durationSeconds(DEFAULT_PROFILE_RETENTION))
  const around = { named: namesOf(value), retention, findings, isTimezone: rememberTimezones() }
  const scope: ConditionCheck = { ...around, definitions: checkDefinitions(around, value) }
  checkSegments(scope, value)
  const placements = checkPlacements(findings, value)
  checkExperiences(scope, value.experiences, placements)
  checkRoutes(findings, value.routes, placements)
  checkHoldout(findings, value.holdout)
  // What can only be said of a ruleset whose every part is sound.
  if (findings.errors === 0) checkSignals(findings, value as unknown as Ruleset)
}

// Asking the host for a zone takes longer than all else of a check.
const MOST_ZONES = 1_000
const zones = new Set<string>()

function rememberTimezones(): (name: string) => boolean {
  const unknown = new Set<string>()
  return (name) => {
    if (zones.has(name)) return true
    if (unknown.has(name)) return false
    const answer = isTimezone(name)
    if (!answer) unknown.add(name)
    else if (zones.size < MOST_ZONES) zones.add(name)
    return answer
  }
}

function checkHead(
  findings: Findings,
  { version, revision, budget }: { readonly [key: string]: unknown },
): void {
  if (version !== 1)
    findings.error(
      '$.version',
      'version',
      `This reads version 1, ${version === undefined ? 'and there is none' : `not ${quote(version)}`}. Write "version": 1.`,
      version,
    )
  if (typeof revision !== 'string' || revision === '' || revision.length > 64) {
    findings.error(
      '$.revision',
      'revision',
      `${tellNo(revision, 'revision')}. Use text of 1 to 64 characters, new at each change.`,
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

function checkHoldout(findings: Findings, holdout: unknown): void {
  if (holdout === undefined || !findings.object('$.holdout', holdout, '"holdout"')) return
  findings.fields('$.holdout', holdout, ['share', 'salt'])
  checkKey(findings, '$.holdout.salt', holdout.salt)
  const share = holdout.share
  if (typeof share === 'number' && share >= 0 && share <= 1 && Number(share.toFixed(4)) === share) return
  findings.error(
    '$.holdout.share',
    'share',
    `${tellNo(share, 'share')}. Use 0 to 1 with at most four decimals: 0.05 is 5 %.`,
    share,
  )
}

function checkSignals(findings: Findings, ruleset: Ruleset): void {
  const signals = planRuleset(ruleset).signals.length
  if (signals <= MAX_SIGNALS) return
  findings.error(
    '$',
    'too-many-signals',
    `The conditions need ${signals} signals; ${MAX_SIGNALS} are allowed. Share events and filters between conditions.`,
    signals,
  )
}
