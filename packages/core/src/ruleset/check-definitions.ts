import { NO_MODEL } from '../condition/check-leaf.ts'
import type { ConditionCheck } from '../condition/condition-check.ts'
import type { Definitions } from '../condition/definitions.ts'
import { quote } from '../result/findings.ts'
import { checkEach } from './check-each.ts'
import { checkEventDefinition, checkTrait } from './check-events.ts'
import { checkInterestFamily, checkScoreDefinition } from './check-points.ts'
import { checkFunnel, checkRfmTable } from './check-tables.ts'

/** A ruleset's surroundings before its definitions are known. */
export type Undefined = Omit<ConditionCheck, 'definitions'>

/** Checks the names that conditions refer to, and answers those that are sound. */
export function checkDefinitions(
  around: Undefined,
  ruleset: { readonly [key: string]: unknown },
): Definitions {
  const { findings } = around
  checkTimezone(around, ruleset.timezone)
  const events = checkEach(findings, ruleset, 'events', (path, name, value) =>
    checkEventDefinition(findings, path, name, value),
  )
  const traits = checkEach(findings, ruleset, 'traits', (path, name, value) =>
    checkTrait(findings, path, name, value),
  )
  const plain = { events, traits, interests: {}, scores: {}, funnels: {}, rfm: {}, timezone: 'UTC' }
  // A definition refers to events alone.
  const scope = { ...around, definitions: plain }
  if (ruleset.models !== undefined) findings.error('$.models', 'no-model', NO_MODEL)
  return {
    ...plain,
    interests: checkEach(findings, ruleset, 'interests', (path, _, value) =>
      checkInterestFamily(scope, path, value),
    ),
    scores: checkEach(findings, ruleset, 'scores', (path, _, value) =>
      checkScoreDefinition(scope, path, value),
    ),
    funnels: checkEach(findings, ruleset, 'funnels', (path, _, value) => checkFunnel(scope, path, value)),
    rfm: checkEach(findings, ruleset, 'rfm', (path, _, value) => checkRfmTable(scope, path, value)),
  }
}

function checkTimezone({ findings, isTimezone }: Undefined, timezone: unknown): void {
  if (timezone === undefined || (typeof timezone === 'string' && isTimezone(timezone))) return
  findings.error(
    '$.timezone',
    'unknown-timezone',
    `There is no time zone ${quote(timezone)}. Use an IANA name such as "Europe/London".`,
    timezone,
  )
}
