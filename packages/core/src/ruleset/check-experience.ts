import { checkCondition } from '../condition/check-condition.ts'
import { checkDuration, checkWindow, isTenThousandths, tellNo } from '../condition/check-scope.ts'
import { checkSpan } from '../condition/check-when.ts'
import type { ConditionCheck } from '../condition/condition-check.ts'
import { didYouMean, type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkKey, checkPurpose } from './check-each.ts'
import { findPlacement, type KnownPlacements } from './check-placements.ts'
import type { PlacementDefinition } from './ruleset.ts'

const FIELDS = ['key', 'placement', 'audience', 'allocation', 'schedule', 'cap', 'group', 'purpose']

/** Checks the experiences of a ruleset, one by one and together. */
export function checkExperiences(
  scope: ConditionCheck,
  experiences: unknown,
  placements: KnownPlacements,
): void {
  const { findings } = scope
  if (experiences === undefined) return
  if (!Array.isArray(experiences))
    return findings.error(
      '$.experiences',
      'not-a-list',
      `"experiences" is a list, not ${quote(experiences)}. Write [ … ].`,
      experiences,
    )
  const keys = new Set<unknown>()
  const groups = new Map<string, number>()
  experiences.forEach((experience, at) => {
    const path = jsonPath('$.experiences', at)
    if (findings.isFull || !findings.object(path, experience, 'An experience')) return
    if (checkKey(findings, jsonPath(path, 'key'), experience.key) && keys.has(experience.key)) {
      findings.error(
        jsonPath(path, 'key'),
        'duplicate-experience',
        `The key ${quote(experience.key)} is taken. Choose another.`,
        experience.key,
      )
    }
    keys.add(experience.key)
    const share = checkExperience(scope, path, experience, placements)
    checkGroup(findings, path, experience.group, share, groups)
  })
}

function checkExperience(
  scope: ConditionCheck,
  path: string,
  experience: { readonly [key: string]: unknown },
  placements: KnownPlacements,
): number {
  const { findings } = scope
  findings.fields(path, experience, FIELDS)
  const { placement, audience, schedule, cap, purpose } = experience
  const definition = findPlacement(findings, jsonPath(path, 'placement'), placements, placement)
  if (audience !== undefined) checkCondition(scope, jsonPath(path, 'audience'), audience)
  if (schedule !== undefined && findings.object(jsonPath(path, 'schedule'), schedule, 'A schedule')) {
    findings.fields(jsonPath(path, 'schedule'), schedule, ['from', 'until'])
    checkSpan(scope, jsonPath(path, 'schedule'), schedule.from, schedule.until)
  }
  if (cap !== undefined) checkCap(scope, jsonPath(path, 'cap'), cap)
  checkPurpose(findings, jsonPath(path, 'purpose'), purpose)
  const share = checkAllocation(findings, jsonPath(path, 'allocation'), experience.allocation, definition)
  if (purpose === 'functional') checkFunctional(findings, path, experience)
  return share
}

function checkCap(scope: ConditionCheck, path: string, cap: unknown): void {
  const { findings } = scope
  if (!findings.object(path, cap, 'A cap')) return
  findings.fields(path, cap, ['exposures', 'within'])
  const exposures = cap.exposures
  if (!(typeof exposures === 'number' && Number.isSafeInteger(exposures) && exposures >= 1)) {
    findings.error(
      jsonPath(path, 'exposures'),
      'bound',
      `${tellNo(exposures, 'number of exposures')}. Use a whole number of at least 1.`,
      exposures,
    )
  }
  checkWindow(scope, jsonPath(path, 'within'), cap.within, true)
}

/** Checks shares and variants; answers the sum of the shares in whole buckets. */
function checkAllocation(
  findings: Findings,
  path: string,
  allocation: unknown,
  placement: PlacementDefinition | undefined,
): number {
  if (!Array.isArray(allocation) || allocation.length === 0) {
    findings.error(
      path,
      'empty-list',
      `${tellNo(allocation, 'allocation')}. Write a list of at least one variant and its share: [{ "variant": …, "share": 1 }].`,
      allocation,
    )
    return 0
  }
  const buckets = allocation.reduce(
    (total: number, entry: unknown, at) => total + checkShare(findings, jsonPath(path, at), entry, placement),
    0,
  )
  if (buckets > 10_000)
    findings.error(
      path,
      'shares-over-1',
      `The shares add up to ${buckets / 10_000}. Lower them to 1 at most.`,
      buckets / 10_000,
    )
  return buckets
}

function checkShare(
  findings: Findings,
  path: string,
  entry: unknown,
  placement: PlacementDefinition | undefined,
): number {
  if (!findings.object(path, entry, 'A share')) return 0
  findings.fields(path, entry, ['variant', 'share'])
  const { variant, share } = entry
  if (placement !== undefined && !placement.variants.includes(variant as string)) {
    findings.error(
      jsonPath(path, 'variant'),
      'unknown-variant',
      `${variant === undefined ? 'There is no variant here. Name one of the placement' : `The placement has no variant ${quote(variant)}. Add it to its "variants"`}.${didYouMean(variant, placement.variants)}`,
      variant,
    )
  }
  if (typeof share === 'number' && share >= 0 && share <= 1 && isTenThousandths(share))
    return Math.round(share * 10_000)
  findings.error(
    jsonPath(path, 'share'),
    'share',
    `${tellNo(share, 'share')}. Use 0 to 1 with at most four decimals: 0.25 is 25 %.`,
    share,
  )
  return 0
}

function checkGroup(
  findings: Findings,
  path: string,
  group: unknown,
  share: number,
  groups: Map<string, number>,
): void {
  if (group === undefined || !checkKey(findings, jsonPath(path, 'group'), group)) return
  const total = (groups.get(group) ?? 0) + share
  groups.set(group, total)
  if (total > 10_000)
    findings.error(
      jsonPath(path, 'group'),
      'shares-over-1',
      `The shares of the group ${quote(group)} add up to ${total / 10_000}. Lower them to 1 at most.`,
      group,
    )
}

// Without consent there is no visitor id: nothing may be counted or put on an axis.
function checkFunctional(
  findings: Findings,
  path: string,
  experience: { readonly [key: string]: unknown },
): void {
  for (const field of ['cap', 'group']) {
    if (experience[field] !== undefined)
      findings.error(
        jsonPath(path, field),
        'functional',
        `A functional experience has no ${field}: it knows no visitor. Remove it.`,
        experience[field],
      )
  }
}

/** Checks how long events and profiles are kept; answers the profile's seconds. */
export function checkRetention(findings: Findings, retention: unknown, defaultSeconds: number): number {
  if (retention === undefined || !findings.object('$.retention', retention, '"retention"'))
    return defaultSeconds
  findings.fields('$.retention', retention, ['events', 'profile'])
  if (retention.events !== undefined) checkDuration(findings, '$.retention.events', retention.events)
  if (retention.profile === undefined) return defaultSeconds
  return checkDuration(findings, '$.retention.profile', retention.profile) ?? defaultSeconds
}
