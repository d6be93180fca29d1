import { safely } from './safely.ts'
import type { Tracker } from './start-tracker.ts'

/** A call of `track` that a stub noted before the script came. */
export type NotedCall = Parameters<Tracker['track']>

interface Stub extends Partial<Tracker> {
  readonly q?: readonly NotedCall[]
}

/** Runs a `<script>` tag's tracker as `window.attune`; `start` replays what a stub noted. Does nothing without a page. */
export function startScript(
  start: (script: HTMLScriptElement | null, calls?: readonly NotedCall[]) => Tracker,
): void {
  safely(() => {
    const page = window as { attune?: Stub }
    const stub = page.attune ?? {}
    // The tag may be on the page twice. The stub itself becomes the tracker, so a reference taken early stays good.
    if (!stub.consent)
      page.attune = Object.assign(stub, start(document.currentScript as HTMLScriptElement | null, stub.q))
  })
}
