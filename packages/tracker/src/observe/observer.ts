import type { Environment } from '../environment.ts'
import type { EventProperties } from '../queue/clean-properties.ts'
import type { Scope } from '../scope.ts'

/** The parts of the tracker that a page loads only when it has what they watch; `more` finds that out. */
export type ChunkName = 'more' | 'forms' | 'marks' | 'search' | 'video'

/** A part as it was loaded. */
export interface Chunk {
  readonly observe: ChunkObserver
}

/** Fetches a part, or gives again what was fetched; rejects when it is not to be had. */
export type LoadChunk = (name: ChunkName) => Promise<Chunk>

/** One page view, as those who watch it see it. */
export interface PageView {
  readonly environment: Environment
  /** When it began, milliseconds: a part comes a little later. */
  readonly began: number
  /** Ends with the page view; an observer never has to reset itself. */
  readonly scope: Scope
  /** Queues an event of this page view. */
  record(name: string, properties: EventProperties): void
  /** Sends what waits. */
  flush(): void
  /** Tells whether anything may still be kept: another tab may have taken the consent away. */
  isOpen(): boolean
  readonly load: LoadChunk
}

/** Watches one page view for one kind of event. */
export type Observer = (view: PageView) => void

/** The same from a part, which was loaded because of `event`, if it was one. */
export type ChunkObserver = (view: PageView, event?: Event) => void
