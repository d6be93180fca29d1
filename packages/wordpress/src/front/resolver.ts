// Stands inline before the first placement of a page that is the same for everybody, and runs before anything is painted.
import { murmur3 } from '@attune/core'
import type { Known } from './known.ts'
import { isUnheeded, whoWent } from './who-went.ts'

type How = 'any' | 'all' | 'none' | 'share'

/**
 * A variant: its key, how its audience is told, by which key segments (of a share: buckets), between which seconds since 1970, and the audience
 * among whom a share is drawn.
 */
type Variant = readonly [
  key: string,
  how: How,
  of: readonly number[],
  from?: number | null,
  until?: number | null,
  among?: readonly [How, readonly number[]],
]

/** What a placement says of itself: its id, the ruleset it was written for (6 hex digits), its variants. */
interface Asked {
  readonly p: string
  readonly h: string
  readonly v: readonly Variant[]
}

const CHOOSING = 'attune-choosing'
const BUCKETS = 10_000

const { documentElement: root, head } = document
const now = Date.now() / 1000
let known: Known | undefined
try {
  // The server puts the site's own names here where an origin has several sites.
  known = JSON.parse(localStorage.attune_known)
  // It was worked out for somebody who went.
  if (isUnheeded(whoWent(document), localStorage.attune_heeded)) known = undefined
} catch {
  // Nothing is known of this visitor, or nothing may be.
}

const truthAt = (place: number): unknown => known?.s[place]?.find((_, at, all) => now < Number(all[at + 1]))
const isIn = (asked: Asked, [key, how, of, from, until, among]: Variant): boolean => {
  if ((from && now < from) || (until && now >= until)) return false
  if (among && !isIn(asked, [key, ...among])) return false
  if (how === 'share') {
    // Of whom no id is known yet no server draws a share either.
    if (!known?.u) return false
    const bucket = Math.floor((murmur3(`${known.u}:${asked.p}`) * BUCKETS) / 2 ** 32)
    return bucket >= of[0]! && bucket < of[1]!
  }
  if (how === 'any') return of.some((place) => truthAt(place) === true)
  // What is not known to be false may not be taken for false.
  return of.every((place) => truthAt(place) === (how === 'all'))
}

// Shows the variant of the placement that stands before the script that calls.
;(window as { attuneChoose?: () => void }).attuneChoose = () => {
  const placement = document.currentScript!.previousElementSibling as HTMLElement
  const before = known
  let shown = 'default'
  try {
    const asked: Asked = JSON.parse(placement.dataset.attune!)
    // What was worked out for another ruleset says nothing here; schedules hold for everybody. Caches of parts may mix rulesets on a page.
    if (known?.h !== asked.h) known = undefined
    const variant = known?.o ? undefined : asked.v.find((each) => isIn(asked, each))
    for (const child of placement.children) {
      if (!variant || (child as HTMLElement).dataset.variant !== variant[0]) continue
      // Themes take the first child's margin away; where the default stood, templates came before it.
      placement.replaceChildren(document.createElement('template'), (child as HTMLTemplateElement).content)
      shown = variant[0]
      break
    }
  } catch {
    // The default stands there already.
  }
  known = before
  placement.dataset.shown = shown
}

// Of what may be replaced nothing is painted before it is decided, even where the network stops in the middle of it.
if (known) {
  const style = document.createElement('style')
  style.nonce = document.currentScript!.nonce
  style.textContent = `.${CHOOSING} attune-placement[data-attune]:not([data-shown]){visibility:hidden}`
  head.append(style)
  root.classList.add(CHOOSING)
  document.addEventListener('DOMContentLoaded', () => root.classList.remove(CHOOSING))
}
