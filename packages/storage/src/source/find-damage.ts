import { isObject, own, PUBLISHED_FORMAT } from '@attune/core'

type Members = { readonly [key: string]: unknown }
type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number'
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText)
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

/** The first part of a value that keeps it from being a published ruleset, as a JSON path; `undefined` when there is none. */
export function findDamage(value: unknown): string | undefined {
  if (!isObject(value) || value.published !== PUBLISHED_FORMAT) return '$.published'
  return Object.keys(PARTS)
    .filter((part) => !PARTS[part]!(value[part], value))
    .map((part) => `$.${part}`)[0]
}

const PARTS: { readonly [part: string]: (value: unknown, ruleset: Members) => boolean } = {
  revision: (value) => isText(value) && value !== '',
  plan: (value) => isObject(value) && isText(value.id) && isPlan(value.keys, value.signals),
  retention: maybe(isObject),
  events: (value) => everyMember(value, isObject),
  placements: (value) => everyMember(value, (placement) => isPlacement(placement)),
  routes: (value, { placements }) =>
    everyMember(value, (route) => isTexts(route) && isEveryKnown(route, placements)),
  nodes: (value) => Array.isArray(value) && value.every((node) => isObject(node) && isText(node.op)),
  segments: (value, { nodes }) => everyMember(value, (place) => isPlace(place, nodes)),
  experiences: (value, ruleset) =>
    Array.isArray(value) && value.every((experience) => isExperience(experience, ruleset)),
  holdout: maybe((value) => isObject(value) && isNumber(value.buckets) && isText(value.axis)),
  document: maybe(isObject),
}

function everyMember(value: unknown, check: Check): boolean {
  return isObject(value) && Object.values(value).every(check)
}

function isPlan(keys: unknown, signals: unknown): boolean {
  return (
    isTexts(keys) &&
    Array.isArray(signals) &&
    signals.length === (keys as readonly string[]).length &&
    signals.every((signal) => isObject(signal) && isText(signal.kind))
  )
}

function isPlacement(value: unknown): boolean {
  if (!isObject(value)) return false
  const { baseline, variants } = value
  return isTexts(variants) && (variants as readonly unknown[]).includes(baseline)
}

function isEveryKnown(names: unknown, placements: unknown): boolean {
  return isObject(placements) && (names as readonly string[]).every((name) => Object.hasOwn(placements, name))
}

function isPlace(place: unknown, nodes: unknown): boolean {
  return Array.isArray(nodes) && typeof place === 'number' && nodes[place] !== undefined
}

function isExperience(value: unknown, { nodes, placements }: Members): boolean {
  if (!isObject(value) || !isObject(placements) || !isText(value.key)) return false
  const { placement, cuts, audience, cap, start, from, until, axis } = value
  const shown = typeof placement === 'string' ? own(placements, placement) : undefined
  return (
    isObject(shown) &&
    Array.isArray(cuts) &&
    cuts.length > 0 &&
    cuts.every((cut) => isCut(cut, shown.variants)) &&
    [audience, cap].every(maybe((place) => isPlace(place, nodes))) &&
    [start, from, until].every(maybe(isNumber)) &&
    isNumber(start) &&
    maybe(isText)(axis)
  )
}

function isCut(cut: unknown, variants: unknown): boolean {
  return Array.isArray(cut) && Array.isArray(variants) && variants.includes(cut[0]) && isNumber(cut[1])
}
