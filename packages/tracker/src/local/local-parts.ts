import { type CompiledRuleset, findEvent } from '@attune/core'
import { chunkBeside } from '../chunk/chunk-beside.ts'
import { observeExposures } from '../observe/observe-exposures.ts'
import { observeMarks } from '../observe/observe-marks.ts'
import type { Chunk, ChunkName, LoadChunk } from '../observe/observer.ts'
import { safely } from '../safely.ts'
import { observeSession } from '../session/observe-session.ts'

/** Where the parts of a tracker come from that keeps the profile in the browser. */
export interface LocalParts {
  readonly compiled: CompiledRuleset
  /** Address of the script beside which the parts lie that do not come along. */
  readonly script: string | undefined
  /** Somebody else hears of the events as well, declared or not. */
  readonly isHeard: boolean
  /** What the visitor does may be kept here. */
  readonly isKeeping: () => boolean
  readonly window: Window
}

type Apart = 'forms' | 'search' | 'video'

// What they saw is what a profile is for: nobody has to fetch it.
const OWN: { readonly [name in ChunkName]?: Chunk } = {
  marks: {
    observe: (view) => {
      for (const start of [observeMarks, observeExposures]) safely(() => start(view))
    },
  },
}

const NONE: Chunk = { observe: () => {} }

const TOLD: { readonly [name in Apart]: readonly string[] } = {
  forms: ['form_start', 'form_submit', 'form_abandon'],
  search: ['view_search_results'],
  video: ['video_start', 'video_progress', 'video_complete'],
}

/**
 * Gives sessions, marks and placements at once, and loads forms, searches and videos from beside a script: those whose events the
 * ruleset declares, or somebody else hears of.
 */
export function localParts({
  compiled: { ruleset },
  script,
  isHeard,
  isKeeping,
  window,
}: LocalParts): LoadChunk {
  const beside = script === undefined ? undefined : chunkOf(script, window)
  const isWanted = (name: Apart): boolean =>
    isHeard || TOLD[name].some((event) => findEvent(ruleset.events, event) !== undefined)
  // Where nobody hears of sessions, only what is kept here asks for them.
  const session: Chunk = {
    observe: (view, sign) => {
      if (isHeard || isKeeping()) observeSession(view, sign)
    },
  }
  return async (name) => {
    if (name === 'session') return session
    const own = OWN[name]
    if (own !== undefined) return own
    return beside !== undefined && isApart(name) && isWanted(name) ? beside(name) : NONE
  }
}

// A host of files may give a script to anybody, and its modules to nobody: then the page's own host is asked.
function chunkOf(script: string, { location }: Window): LoadChunk {
  const { origin, pathname, search } = new URL(script, location.href)
  const there = chunkBeside(script)
  if (origin === location.origin) return there
  const here = chunkBeside(`${location.origin}${pathname}${search}`)
  return (name) => there(name).catch(() => here(name))
}

function isApart(name: ChunkName): name is Apart {
  return Object.hasOwn(TOLD, name)
}
