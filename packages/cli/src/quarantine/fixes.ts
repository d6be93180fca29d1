import { isObject, type Problem, type Result } from '@attune/core'
import { didYouMean } from '../terminal/near-name.ts'

/** What mends refused events, by the name they were sent with. */
export interface Fixes {
  readonly [name: string]: Fix
}

/** What mends the events of one name, in this order. */
export interface Fix {
  /** The name it should have had. */
  readonly name?: string
  /** Property → the name it should have had. */
  readonly rename?: { readonly [property: string]: string }
  /** Property → the type it should have had: `"12"` becomes 12, `"true"` true, 12 `"12"`. */
  readonly types?: { readonly [property: string]: 'string' | 'number' | 'boolean' }
  /** Property → its value, where it is missing. */
  readonly set?: { readonly [property: string]: string | number | boolean }
  /** Properties that should not have been sent. */
  readonly remove?: readonly string[]
}

const FIELDS = ['name', 'rename', 'types', 'set', 'remove']
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const TYPES = ['string', 'number', 'boolean']
const FORBIDDEN = ['__proto__', 'constructor', 'prototype']

type Report = (path: string, message: string, value: unknown) => void

/** Reads a document of fixes; every problem is named. */
export function parseFixes(value: unknown): Result<Fixes> {
  const problems: Problem[] = []
  const report: Report = (path, message, found) => {
    problems.push({ path, code: 'fix', severity: 'error', message, value: found })
  }
  if (!isObject(value)) report('$', 'Fixes are an object: name of an event → what mends it.', value)
  else for (const [name, fix] of Object.entries(value)) checkFix(report, `$.${name}`, fix)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as Fixes }
}

function checkFix(report: Report, path: string, fix: unknown): void {
  if (!isObject(fix)) return report(path, 'A fix is an object.', fix)
  for (const field of Object.keys(fix)) {
    if (FIELDS.includes(field)) continue
    report(
      `${path}.${field}`,
      `There is no field ${field}. Known: ${FIELDS.join(', ')}.${didYouMean(field, FIELDS)}`,
      field,
    )
  }
  if (fix.name !== undefined && !(typeof fix.name === 'string' && NAME.test(fix.name)))
    report(`${path}.name`, 'An event name has letters, digits and _.', fix.name)
  checkMembers(report, `${path}.rename`, fix.rename, (to) => isName(to), 'the name of a property')
  checkMembers(
    report,
    `${path}.types`,
    fix.types,
    (type) => TYPES.includes(String(type)),
    `one of ${TYPES.join(', ')}`,
  )
  checkMembers(
    report,
    `${path}.set`,
    fix.set,
    (set) => TYPES.includes(typeof set),
    'text, a number, true or false',
  )
  const { remove } = fix
  if (remove !== undefined && !(Array.isArray(remove) && remove.every((name) => typeof name === 'string')))
    report(`${path}.remove`, 'This is a list of properties.', remove)
}

function checkMembers(
  report: Report,
  path: string,
  members: unknown,
  isSound: (value: unknown) => boolean,
  what: string,
): void {
  if (members === undefined) return
  if (!isObject(members)) return report(path, `This is an object: property → ${what}.`, members)
  for (const [property, value] of Object.entries(members)) {
    if (!isName(property)) report(`${path}.${property}`, 'No property may be called so.', property)
    else if (!isSound(value)) report(`${path}.${property}`, `Write ${what}.`, value)
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !FORBIDDEN.includes(value)
}
