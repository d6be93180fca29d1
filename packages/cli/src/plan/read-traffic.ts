import { isObject, jsonPath, own, type Ruleset } from '@attune/core'
import { readJson } from '@attune/core/json'
import type { CountedCombination, Traffic } from '@attune/core/variants'
import { CannotRun } from '../command.ts'
import { didYouMean } from '../terminal/near-name.ts'
import { readText } from './read-plannable.ts'
import { readTrafficCsv } from './read-traffic-csv.ts'

const FIELDS = ['consent', 'segments', 'routes', 'combinations']

/** Reads what is known of the traffic, from JSON or, by the file's name, CSV. @throws CannotRun with the place and the cure. */
export async function readTraffic(file: string, ruleset: Ruleset): Promise<Traffic> {
  const text = await readText(file)
  if (/\.csv$/i.test(file)) return checkTraffic(readTrafficCsv(text), ruleset)
  const read = readJson(text)
  if (read.ok) return checkTraffic(read.value, ruleset)
  throw refused(read.problems[0]!.path, read.problems[0]!.message)
}

function checkTraffic(value: unknown, ruleset: Ruleset): Traffic {
  if (!isObject(value)) throw refused('$', 'Traffic is an object.')
  for (const key of Object.keys(value)) checkName('$', key, FIELDS)
  const { consent, segments, routes, combinations } = value
  return {
    ...(consent === undefined ? {} : { consent: share('$.consent', consent) }),
    ...(segments === undefined
      ? {}
      : { segments: checkNumbers('$.segments', segments, ruleset.segments ?? {}, share) }),
    ...(routes === undefined
      ? {}
      : { routes: checkNumbers('$.routes', routes, ruleset.routes ?? {}, count) }),
    ...(combinations === undefined ? {} : { combinations: checkCombinations(combinations, ruleset) }),
  }
}

function checkNumbers(
  path: string,
  value: unknown,
  known: object,
  check: (path: string, value: unknown) => number,
): { readonly [key: string]: number } {
  if (!isObject(value)) throw refused(path, 'Write an object of name to number.')
  const entries = Object.entries(value).map(([key, number]) => {
    checkName(path, key, Object.keys(known))
    return [key, check(jsonPath(path, key), number)] as const
  })
  return Object.fromEntries(entries)
}

function checkCombinations(value: unknown, ruleset: Ruleset): readonly CountedCombination[] {
  if (!Array.isArray(value)) throw refused('$.combinations', 'Write a list.')
  return value.map((entry: unknown, at): CountedCombination => {
    const path = jsonPath('$.combinations', at)
    if (!isObject(entry)) throw refused(path, 'Write { "route", "variants", "count" }.')
    const { route, variants } = entry
    const placements = typeof route === 'string' ? own(ruleset.routes ?? {}, route) : undefined
    if (typeof route !== 'string' || placements === undefined)
      throw refused(jsonPath(path, 'route'), `There is no route ${JSON.stringify(route)}.`)
    if (!isObject(variants)) throw refused(jsonPath(path, 'variants'), 'Write placement to variant.')
    for (const key of Object.keys(variants)) checkName(jsonPath(path, 'variants'), key, placements)
    const shown = placements.map((placement) => {
      const place = jsonPath(jsonPath(path, 'variants'), placement)
      const variant = own(variants, placement)
      if (typeof variant !== 'string') throw refused(place, 'The variant is missing.')
      checkName(place, variant, ruleset.placements?.[placement]?.variants ?? [])
      return [placement, variant] as const
    })
    return { route, variants: Object.fromEntries(shown), count: count(jsonPath(path, 'count'), entry.count) }
  })
}

function checkName(path: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  throw refused(path, `The ruleset has no ${JSON.stringify(name)} here.${didYouMean(name, known)}`)
}

function share(path: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  throw refused(path, `${JSON.stringify(value)} is no share. Use 0 to 1: 0.25 is 25 %.`)
}

function count(path: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0) return value
  throw refused(path, `${JSON.stringify(value)} is no count. Use a number from 0.`)
}

function refused(path: string, message: string): CannotRun {
  return new CannotRun(`The traffic cannot be used. ${path}: ${message}`)
}
