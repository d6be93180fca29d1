import type { PageAddress } from './router.ts'

/** Every path of Attune's own lies under this prefix; sites keep it free. */
export const INTERNAL_PREFIX = '/attune'

const INTERNAL = /^\/attune(?:\/|$|\.rsc$|\.segments\/)/i

/** The internal path of the variant page that shows a code. Made of our own parts only, never of a header. */
export function internalPath(code: string, { path, suffix }: PageAddress): string {
  return `${INTERNAL_PREFIX}/${code}${path === '/' ? '' : path}${suffix}`
}

/**
 * Tells whether a path lies under `/attune`, in any spelling that a host after us could take for it: percent-encoded
 * (up to three times), doubled slashes, backslashes, dot segments, other case.
 */
export function isInternalPath(pathname: string): boolean {
  // Most paths can be read in one way only.
  if (/^(?:\/[\w~-]+)*\/?$/.test(pathname)) return INTERNAL.test(pathname)
  let plain = `/${pathname}`
  for (let round = 0; round < 3; round++) {
    // Each sequence alone: one that is broken must not hide the others.
    plain = plain.replace(/%([0-7][\da-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
  // An address made of one slash and more never fails to parse, and has its dot segments resolved.
  return INTERNAL.test(new URL(plain.replace(/[\\/?#]+/g, '/'), 'http://host').pathname)
}
