import { quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import type { CheckScope } from './check-scope.ts'
import { WEEKDAYS } from './condition.ts'
import { parseInstant } from './instant.ts'

/** Checks the span of a `when`. `isTimezone` says whether a zone is known to this host. */
export function checkWhen(
  scope: CheckScope,
  path: string,
  span: unknown,
  isTimezone: (name: string) => boolean,
): void {
  const { findings } = scope
  if (!findings.object(path, span, '"when"')) return
  findings.fields(path, span, ['from', 'until', 'hours', 'weekdays', 'timezone'])
  const { from, until, hours, weekdays, timezone } = span
  if ([from, until, hours, weekdays].every((part) => part === undefined)) {
    findings.error(
      path,
      'empty-when',
      `${quote(span)} says nothing of time. Name from, until, hours or weekdays.`,
      span,
    )
  }
  checkSpan(scope, path, from, until)
  if (hours !== undefined && !isHours(hours)) {
    findings.error(
      jsonPath(path, 'hours'),
      'hours',
      `${quote(hours)} are no hours. Write two different whole hours, for example [22, 6]; [0, 24] is the whole day.`,
      hours,
    )
  }
  if (weekdays !== undefined) checkWeekdays(scope, jsonPath(path, 'weekdays'), weekdays)
  if (
    timezone !== undefined &&
    timezone !== 'visitor' &&
    !(typeof timezone === 'string' && isTimezone(timezone))
  ) {
    findings.error(
      jsonPath(path, 'timezone'),
      'unknown-timezone',
      `There is no time zone ${quote(timezone)}. Use an IANA name such as "Europe/London", or "visitor".`,
      timezone,
    )
  }
}

/** Checks a pair of instants, each optional, the first before the second. */
export function checkSpan(
  { findings }: Pick<CheckScope, 'findings'>,
  path: string,
  from: unknown,
  until: unknown,
): void {
  const [start, end] = [from, until].map((value, at) => {
    const seconds = value === undefined ? undefined : parseInstant(value)
    if (value !== undefined && seconds === undefined) {
      findings.error(
        jsonPath(path, at === 0 ? 'from' : 'until'),
        'instant',
        `${quote(value)} is no instant. Write RFC 3339 with a zone, for example "2026-12-01T00:00:00Z".`,
        value,
      )
    }
    return seconds
  })
  if (start !== undefined && end !== undefined && start >= end) {
    findings.error(
      path,
      'empty-span',
      `"until" ${quote(until)} is not after "from" ${quote(from)}: it is never open. Correct one of them.`,
      { from, until },
    )
  }
}

function isHours(hours: unknown): boolean {
  if (!Array.isArray(hours) || hours.length !== 2) return false
  const [start, end] = hours
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start <= 23 &&
    end >= 0 &&
    end <= 24 &&
    start !== end
  )
}

function checkWeekdays({ findings }: CheckScope, path: string, weekdays: unknown): void {
  if (!Array.isArray(weekdays) || weekdays.length === 0) {
    return findings.error(
      path,
      'weekdays',
      `${quote(weekdays)} are no weekdays. Write a list such as ["sat", "sun"].`,
      weekdays,
    )
  }
  weekdays.forEach((day, at) => {
    if (!WEEKDAYS.includes(day))
      findings.error(
        jsonPath(path, at),
        'weekdays',
        `${quote(day)} is no weekday. Use ${WEEKDAYS.join(', ')}.`,
        day,
      )
  })
}
