import { type Findings, quote } from '../result/findings.ts'
import { isObject, own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'

type Members = { readonly [key: string]: unknown }

/** Checks what an event's definition says of values that are far off, missing or not for browsers to say: `bounds`, `defaults`, `required` and `signed`. */
export function checkQuality(findings: Findings, path: string, definition: Members): void {
  const types = isObject(definition.properties) ? definition.properties : {}
  const typeOf = (at: string, name: string): unknown => {
    const type = own(types, name)
    if (type === undefined) {
      const message = `The property ${quote(name)} is not declared. Add it to the event's "properties".`
      findings.error(at, 'unknown-property', message, name)
    }
    return type
  }
  checkMembers(findings, jsonPath(path, 'bounds'), definition.bounds, (at, name, bounds) => {
    const type = typeOf(at, name)
    if (type !== undefined && type !== 'number') {
      findings.error(
        at,
        'type-mismatch',
        `The property ${quote(name)} is no number. Remove its bounds.`,
        type,
      )
    }
    checkBounds(findings, at, bounds)
  })
  checkMembers(findings, jsonPath(path, 'defaults'), definition.defaults, (at, name, value) => {
    const type = typeOf(at, name)
    if (type === undefined || typeof value === type) return
    findings.error(
      at,
      'type-mismatch',
      `The property ${quote(name)} is a ${type}. Write such a default.`,
      value,
    )
  })
  checkNames(findings, jsonPath(path, 'required'), definition.required, typeOf)
  if (definition.signed !== true) checkNames(findings, jsonPath(path, 'signed'), definition.signed, typeOf)
}

function checkMembers(
  findings: Findings,
  path: string,
  members: unknown,
  check: (path: string, name: string, value: unknown) => void,
): void {
  if (members === undefined || !findings.object(path, members, 'This')) return
  for (const [name, value] of Object.entries(members)) {
    if (findings.isFull) return
    check(jsonPath(path, name), name, value)
  }
}

function checkBounds(findings: Findings, path: string, bounds: unknown): void {
  if (!findings.object(path, bounds, 'A pair of bounds')) return
  findings.fields(path, bounds, ['atLeast', 'atMost'])
  const { atLeast, atMost } = bounds
  for (const [name, bound] of Object.entries({ atLeast, atMost })) {
    if (bound === undefined || Number.isFinite(bound)) continue
    findings.error(jsonPath(path, name), 'bound', `${quote(bound)} is no number. Write one.`, bound)
  }
  if (Number(atLeast) > Number(atMost)) {
    findings.error(path, 'bound', `"atLeast" is above "atMost". Exchange them.`, bounds)
  }
}

function checkNames(
  findings: Findings,
  path: string,
  names: unknown,
  typeOf: (path: string, name: string) => unknown,
): void {
  if (names === undefined) return
  if (!Array.isArray(names)) {
    findings.error(path, 'not-a-list', `This is a list of properties, not ${quote(names)}.`, names)
    return
  }
  names.forEach((name: unknown, at) => {
    if (findings.isFull) return
    const place = jsonPath(path, at)
    if (typeof name === 'string') typeOf(place, name)
    else findings.error(place, 'not-text', `${quote(name)} is no property. Name one in quotes.`, name)
  })
}
