import { isPurpose, PURPOSES, type Purpose } from '@attune/core'

type Unasked = readonly Purpose[] | { readonly [region: string]: readonly Purpose[] }

// Where a page may be from: a scheme and a host, of apps too.
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\]+\/?$/i
// RFC 9110, 5.1: the name of a field is a token.
const HEADER = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * The ruleset of a collector's options is looked at before it is read.
 * @throws when there is none, or it is a source, with the cure.
 */
export function checkRuleset(ruleset: unknown): void {
  if (typeof ruleset === 'function' || isSource(ruleset)) {
    throw new TypeError(
      '[collector] createCollector: `ruleset` is a source, which may change. Follow it: ' +
        'followRuleset(source, (ruleset) => createCollector({ ruleset, … })) of @attune/edge.',
    )
  }
  if (typeof ruleset === 'object' && ruleset !== null) return
  throw new TypeError(
    `[collector] createCollector: \`ruleset\` is ${shown(ruleset)}. Give what \`attune publish\` wrote, read as JSON.`,
  )
}

/** @throws when it does not take events, with the cure. */
export function checkStore(store: unknown): void {
  if (typeof store === 'object' && store !== null && 'append' in store && 'reject' in store) return
  throw new TypeError(
    `[collector] createCollector: \`store\` is ${shown(store)}, which takes no events. Create one with @attune/storage/sqlite.`,
  )
}

/** The origins as browsers name them. @throws when one is none, with the cure. */
export function readOrigins(origins: unknown): readonly string[] {
  if (Array.isArray(origins)) return origins.map(readOrigin)
  throw new TypeError(
    `[collector] createCollector: \`allowedOrigins\` is ${shown(origins)}. Give a list, like ['https://shop.example'].`,
  )
}

/** The header that names whose connection it was. @throws when it is no header, with the cure. */
export function readPeer(peer: unknown): string | undefined {
  if (peer === undefined || (typeof peer === 'string' && HEADER.test(peer))) return peer
  throw new TypeError(
    `[collector] createCollector: \`peer\` is ${shown(peer)}. Name a request header, like 'x-real-ip'.`,
  )
}

/** What is granted unasked, by region; a list is for everywhere. @throws when a purpose is none, with the cure. */
export function readUnasked(unasked: Unasked): { readonly [region: string]: readonly Purpose[] } {
  if (isList(unasked) || typeof unasked !== 'object') {
    checkPurposes('unasked', unasked)
    return { '*': unasked }
  }
  for (const [region, purposes] of Object.entries(unasked)) checkPurposes(`unasked.${region}`, purposes)
  return unasked
}

// What Array.isArray() says of a list that cannot be changed is lost otherwise.
function isList(value: Unasked): value is readonly Purpose[] {
  return Array.isArray(value)
}

function checkPurposes(place: string, purposes: unknown): asserts purposes is readonly Purpose[] {
  if (!Array.isArray(purposes)) {
    throw new TypeError(
      `[collector] createCollector: \`${place}\` is ${shown(purposes)}. Give a list of ${PURPOSES.join(', ')}.`,
    )
  }
  const wrong = purposes.find((purpose) => !isPurpose(purpose))
  if (wrong === undefined) return
  throw new TypeError(
    `[collector] createCollector: \`${place}\` names ${shown(wrong)}, which is no purpose. Use ${PURPOSES.join(', ')}.`,
  )
}

function readOrigin(origin: unknown): string {
  if (typeof origin === 'string' && ORIGIN.test(origin)) return origin.replace(/\/$/, '')
  throw new TypeError(
    `[collector] createCollector: \`allowedOrigins\` names ${shown(origin)}. Give scheme and host, like https://shop.example.`,
  )
}

function isSource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'load' in value && 'follow' in value
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
