import { isObject, isPurpose, type Json, jsonPath, type Problem, PURPOSES, type Result } from '@attune/core'
import { didYouMean } from '../terminal/near-name.ts'
import type { Mapping } from './mapping.ts'
import { isTimeFormat, isTimezone } from './read-time.ts'

const FIELDS = [
  'event',
  'visitor',
  'time',
  'id',
  'group',
  'userAgent',
  'leaveOut',
  'properties',
  'purpose',
  'delimiter',
]
const TESTS = ['is', 'startsWith', 'empty']
const TYPES = ['string', 'number', 'boolean']
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const REASON = /^[a-z][a-z0-9-]{0,31}$/

type Members = { readonly [key: string]: unknown }

/** Reads a mapping document; every problem is named. */
export function parseMapping(value: Json): Result<Mapping> {
  const problems: Problem[] = []
  const report: Report = (path, message, found) => {
    problems.push({ path, code: 'mapping', severity: 'error', message, value: found })
  }
  if (checkObject(report, '$', value, FIELDS, 'A mapping')) checkMapping(report, value)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as unknown as Mapping }
}

type Report = (path: string, message: string, value?: unknown) => void

function checkMapping(report: Report, mapping: Members): void {
  checkEventName(report, mapping.event)
  checkColumn(report, '$.visitor', mapping.visitor)
  checkTime(report, mapping.time)
  for (const field of ['id', 'userAgent']) {
    if (mapping[field] !== undefined) checkColumn(report, jsonPath('$', field), mapping[field])
  }
  checkGroup(report, mapping)
  checkList(report, mapping.leaveOut)
  checkProperties(report, mapping.properties)
  if (mapping.purpose !== undefined && !isPurpose(mapping.purpose))
    report('$.purpose', `Purposes are ${PURPOSES.join(', ')}.`, mapping.purpose)
  if (
    mapping.delimiter !== undefined &&
    !(typeof mapping.delimiter === 'string' && /^[^"\r\n]$/.test(mapping.delimiter))
  )
    report('$.delimiter', 'A delimiter is one character, for example ";" or "\\t".', mapping.delimiter)
}

function checkEventName(report: Report, event: unknown): void {
  if (typeof event !== 'string') {
    if (checkObject(report, '$.event', event, ['column'], 'An event that is no name'))
      checkColumn(report, '$.event.column', event.column)
  } else if (!NAME.test(event)) {
    report(
      '$.event',
      'An event name has letters, digits and _, at most 64. Use for example "purchase".',
      event,
    )
  }
}

function checkTime(report: Report, time: unknown): void {
  if (!checkObject(report, '$.time', time, ['column', 'format', 'timezone'], 'A time')) return
  checkColumn(report, '$.time.column', time.column)
  if (time.format !== undefined && !isTimeFormat(time.format)) {
    const known =
      'iso, seconds, milliseconds, or a pattern with yyyy, MM and dd, and HH, mm and ss where they stand'
    report('$.time.format', `There is no such format. Use ${known}.`, time.format)
  }
  if (time.timezone !== undefined && !isTimezone(time.timezone))
    report(
      '$.time.timezone',
      'There is no such timezone. Use an IANA name such as "Europe/London".',
      time.timezone,
    )
}

function checkGroup(report: Report, { group, id }: Members): void {
  if (group === undefined) return
  if (typeof group !== 'boolean') report('$.group', '"group" is true or false.', group)
  else if (group && id === undefined)
    report('$.group', 'Rows are grouped by their id. Name its column in "id".', group)
}

function checkList(report: Report, tests: unknown): void {
  if (tests === undefined) return
  if (!Array.isArray(tests)) return report('$.leaveOut', '"leaveOut" is a list of tests.', tests)
  tests.forEach((test: unknown, at) => {
    const path = jsonPath('$.leaveOut', at)
    if (!checkObject(report, path, test, ['column', 'reason', ...TESTS], 'A test')) return
    checkColumn(report, jsonPath(path, 'column'), test.column)
    if (typeof test.reason !== 'string' || !REASON.test(test.reason))
      report(jsonPath(path, 'reason'), 'A reason is a short name such as "cancellation".', test.reason)
    const given = TESTS.filter((name) => test[name] !== undefined)
    if (given.length !== 1) report(path, `A test has exactly one of ${TESTS.join(', ')}.`, given)
    for (const name of given) {
      const isRight = name === 'empty' ? test.empty === true : typeof test[name] === 'string'
      if (!isRight)
        report(jsonPath(path, name), name === 'empty' ? '"empty" is true.' : `"${name}" is text.`, test[name])
    }
  })
}

function checkProperties(report: Report, properties: unknown): void {
  if (properties === undefined) return
  if (!isObject(properties))
    return report('$.properties', 'Properties are an object of name to column.', properties)
  for (const [name, property] of Object.entries(properties)) {
    const path = jsonPath('$.properties', name)
    if (!NAME.test(name)) report(path, 'A property name has letters, digits and _, at most 64.', name)
    checkProperty(report, path, property)
  }
}

function checkProperty(report: Report, path: string, property: unknown): void {
  if (!checkObject(report, path, property, ['column', 'type', 'sum', 'count'], 'A property')) return
  const { column, type, sum, count } = property
  const given = ['column', 'sum', 'count'].filter((name) => property[name] !== undefined)
  if (given.length !== 1) return report(path, 'A property has exactly one of column, sum, count.', given)
  if (column !== undefined) checkColumn(report, jsonPath(path, 'column'), column)
  if (type !== undefined && (column === undefined || !TYPES.includes(String(type))))
    report(jsonPath(path, 'type'), `Beside a column "type" is one of ${TYPES.join(', ')}.`, type)
  if (count !== undefined && count !== 'rows')
    report(jsonPath(path, 'count'), 'Only "rows" are counted.', count)
  if (sum === undefined) return
  if (!Array.isArray(sum) || sum.length === 0)
    return report(
      jsonPath(path, 'sum'),
      'A sum is a list of columns; their product is summed over the rows.',
      sum,
    )
  sum.forEach((item: unknown, at) => {
    checkColumn(report, jsonPath(jsonPath(path, 'sum'), at), item)
  })
}

function checkColumn(report: Report, path: string, column: unknown): void {
  if (typeof column !== 'string' || column === '') report(path, 'Give the heading of a column.', column)
}

function checkObject(
  report: Report,
  path: string,
  value: unknown,
  known: readonly string[],
  what: string,
): value is Members {
  if (!isObject(value)) {
    report(path, `${what} is an object with ${known.join(', ')}.`, value)
    return false
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const hint = didYouMean(key, known, (near) => JSON.stringify(near))
    report(
      jsonPath(path, key),
      `There is no field ${JSON.stringify(key)} here.${hint} Known: ${known.join(', ')}.`,
      key,
    )
  }
  return true
}
