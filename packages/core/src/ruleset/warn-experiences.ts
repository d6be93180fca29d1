import type { Condition } from '../condition/condition.ts'
import type { Effort } from '../condition/reason/search.ts'
import { mayAllBe, type Statement } from '../condition/reason.ts'
import type { Experience } from '../experience/experience.ts'
import { isFunctional } from '../experience/is-functional.ts'
import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import type { Ruleset } from './ruleset.ts'
import type { NeverAudiences } from './warn-conditions.ts'

/** An experience is compared with so many that stand before it. */
const MOST_EARLIER = 32

/** Warns of experiences that nobody can meet. */
export function warnOfExperiences(
  findings: Findings,
  ruleset: Ruleset,
  never: NeverAudiences,
  effort: Effort,
): void {
  const before = new Map<string, Experience[]>()
  ruleset.experiences?.forEach((experience, at) => {
    const path = jsonPath('$.experiences', at)
    warnOfUnheard(findings, path, experience, ruleset)
    const earlier = before.get(experience.placement) ?? []
    before.set(experience.placement, earlier)
    if (!never.has(at) && isShown(findings, path, experience, ruleset, effort))
      warnOfBeaten(findings, path, experience, earlier, ruleset, effort)
    if (takesAll(experience) && earlier.length < MOST_EARLIER) earlier.push(experience)
  })
}

// The purpose says "without consent too", yet nothing that knows the visitor is considered then.
function warnOfUnheard(findings: Findings, path: string, experience: Experience, ruleset: Ruleset): void {
  if (experience.purpose !== 'functional' || isFunctional(experience, ruleset.segments ?? {})) return
  findings.warning(
    jsonPath(path, 'purpose'),
    'functional',
    'Without consent this is never shown: an audience that reads only context, "when" and "consent", and one variant with share 1, would be. Change them or remove the purpose.',
    experience.key,
  )
}

function isShown(
  findings: Findings,
  path: string,
  experience: Experience,
  ruleset: Ruleset,
  effort: Effort,
): boolean {
  const { audience, schedule } = experience
  if (audience === undefined) return true
  if (mayAllBe([{ condition: opening(experience), is: 'true' }], ruleset, effort)) return true
  const isNever = !mayAllBe([{ condition: audience, is: 'true' }], ruleset, effort)
  const message = isNever
    ? 'The audience is never true: nobody meets this experience. Correct the audience.'
    : 'The audience is never true while the schedule is open. Correct one of them.'
  findings.warning(jsonPath(path, 'audience'), 'never-shown', message, isNever ? audience : schedule)
  return false
}

function warnOfBeaten(
  findings: Findings,
  path: string,
  experience: Experience,
  earlier: readonly Experience[],
  ruleset: Ruleset,
  effort: Effort,
): void {
  if (earlier.length === 0) return
  const isBeaten = (by: readonly Experience[]): boolean => beats(by, experience, ruleset, effort)
  if (!isBeaten(earlier)) return
  const alone = earlier.find((one) => isBeaten([one]))
  const who = alone === undefined ? 'Those before it' : quote(alone.key)
  const verb = alone === undefined ? 'win' : 'wins'
  findings.warning(
    path,
    'never-wins',
    `${who} ${verb} the placement for everybody whom this would be shown to. Move it up, or narrow what comes before.`,
    experience.key,
  )
}

// Without consent only functional experiences are asked.
function beats(by: readonly Experience[], experience: Experience, ruleset: Ruleset, effort: Effort): boolean {
  const segments = ruleset.segments ?? {}
  const may = (others: readonly Experience[], is: 'true' | 'false'): boolean => {
    const statements: readonly Statement[] = [
      { condition: { consent: 'preferences' }, is },
      { condition: opening(experience), is: 'true' },
      ...others.map((other) => ({ condition: opening(other), is: 'not-true' as const })),
    ]
    return mayAllBe(statements, ruleset, effort)
  }
  if (may(by, 'true')) return false
  if (!isFunctional(experience, segments)) return true
  return !may(
    by.filter((other) => isFunctional(other, segments)),
    'false',
  )
}

// Whoever is in its audience while it is open gets one of its variants.
function takesAll({ allocation, cap }: Experience): boolean {
  const buckets = allocation.reduce((sum, { share }) => sum + Math.round(share * 10_000), 0)
  return cap === undefined && buckets === 10_000
}

// The condition that is true while an experience is open and its audience is in it.
function opening({ audience, schedule }: Experience): Condition {
  const { from, until } = schedule ?? {}
  const span: Condition[] =
    from === undefined && until === undefined
      ? []
      : [
          {
            when: {
              ...(from === undefined ? {} : { from }),
              ...(until === undefined ? {} : { until }),
              timezone: 'UTC',
            },
          },
        ]
  return { all: [...span, ...(audience === undefined ? [] : [audience])] }
}
