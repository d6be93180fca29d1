import type { Environment } from '../environment.ts'
import type { EventProperties } from '../queue/clean-properties.ts'
import type { Scope } from '../scope.ts'

/** The parts of the tracker that a page loads only when it has what they watch. */
export type ChunkName = 'session' | 'forms' | 'marks' | 'search' | 'video' | 'live'

/** A part as it was loaded. */
export interface Chunk {
  readonly observe: ChunkObserver
}

/** Fetches a part, or gives again what was fetched; rejects when it is not to be had. */
export type LoadChunk = (name: ChunkName) => Promise<Chunk>

/** Sends what waits. */
export interface Flush {
  (): void
  /** Stands in for `fetch` where a part knows another way to the collector. */
  via?: Post | undefined
}

/** Sends a batch as `fetch` would. */
export type Post = (endpoint: string, init?: RequestInit) => Promise<Response>

/** One page view, as those who watch it see it. */
export interface PageView extends Environment {
  readonly document: Document
  /** When it began, milliseconds: a part comes a little later. */
  readonly began: number
  /** Host of the other site that sent the visitor here; only of the first view in a document. */
  readonly referrer: string | undefined
  /** Ends with the page view; an observer never has to reset itself. */
  readonly scope: Scope
  /** Queues an event of this page view. */
  record(name: string, properties: EventProperties): void
  /** Sends what waits. */
  readonly flush: Flush
  /** Tells whether anything may still be kept: another tab may have taken the consent away. */
  isOpen(): boolean
  readonly load: LoadChunk
}

/** Watches one page view for one kind of event. */
export type Observer = (view: PageView) => void

/** The same from a part, which was loaded because of `event`, if it was one. */
export type ChunkObserver = (view: PageView, event?: Event) => void
