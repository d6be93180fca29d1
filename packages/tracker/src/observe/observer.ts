import type { Environment } from '../environment.ts'
import type { EventProperties } from '../queue/clean-properties.ts'
import type { Scope } from '../scope.ts'

/** One page view, as those who watch it see it. */
export interface PageView {
  readonly environment: Environment
  /** Ends with the page view; an observer never has to reset itself. */
  readonly scope: Scope
  /** Queues an event of this page view. */
  record(name: string, properties: EventProperties): void
  /** Sends what waits. */
  flush(): void
}

/** Watches one page view for one kind of event. */
export type Observer = (view: PageView) => void
