import { tellNo } from '../condition/check-scope.ts'
import { isPurpose, PURPOSES } from '../consent/purpose.ts'
import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'

/** Keys that no part of a ruleset may have. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype']

/** Checks every member of one of the ruleset's objects and answers those that are sound. */
export function checkEach<T>(
  findings: Findings,
  ruleset: { readonly [key: string]: unknown },
  name: string,
  check: (path: string, key: string, value: unknown) => T | undefined,
): { readonly [key: string]: T } {
  const members = ruleset[name]
  const path = jsonPath('$', name)
  if (members === undefined || !findings.object(path, members, `"${name}"`)) return {}
  const sound: (readonly [string, T])[] = []
  for (const [key, value] of Object.entries(members)) {
    if (findings.isFull) break
    if (!checkKey(findings, jsonPath(path, key), key)) continue
    const made = check(jsonPath(path, key), key, value)
    if (made !== undefined) sound.push([key, made])
  }
  return Object.fromEntries(sound)
}

/** Runs a check and tells whether it found no error. */
export function isSound(findings: Findings, check: () => void): boolean {
  const before = findings.errors
  check()
  return findings.errors === before
}

/** Checks a key that people choose: 1 to 64 characters without control characters. */
export function checkKey(findings: Findings, path: string, key: unknown): key is string {
  const isKey =
    typeof key === 'string' && key !== '' && key.length <= 64 && key.trim() === key && !/\p{Cc}/u.test(key)
  if (isKey && !FORBIDDEN.includes(key)) return true
  findings.error(
    path,
    'key',
    `${tellNo(key, 'key')}. Use 1 to 64 characters without a space at either end, for example "high-intent".`,
    key,
  )
  return false
}

/** Checks a purpose that may be left out. */
export function checkPurpose(findings: Findings, path: string, purpose: unknown): void {
  if (purpose === undefined || isPurpose(purpose)) return
  findings.error(
    path,
    'unknown-purpose',
    `There is no purpose ${quote(purpose)}. Purposes: ${PURPOSES.join(', ')}.`,
    purpose,
  )
}
