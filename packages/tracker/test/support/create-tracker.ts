import * as forms from '../../src/chunk/forms.ts'
import * as live from '../../src/chunk/live.ts'
import * as marks from '../../src/chunk/marks.ts'
import * as search from '../../src/chunk/search.ts'
import * as session from '../../src/chunk/session.ts'
import * as video from '../../src/chunk/video.ts'
import type { Chunk, ChunkName, LoadChunk } from '../../src/observe/observer.ts'
import { startTracker, type Tracker, type TrackerOptions } from '../../src/start-tracker.ts'
import type { Page } from './make-page.ts'

const CHUNKS: { readonly [Name in ChunkName]: Chunk } = { forms, live, marks, search, session, video }

/** Starts a tracker of which no part is loaded. */
export function createTracker(options: TrackerOptions): Tracker {
  return startTracker({ ...options, load: () => new Promise(() => {}) })
}

/** Starts a tracker whose parts are there at once, and waits for the first of them; `asked` are the names it loaded, in order. */
export async function createWhole(
  page: Page,
  load: LoadChunk = async (name) => CHUNKS[name],
): Promise<Tracker & { readonly asked: readonly ChunkName[] }> {
  const asked: ChunkName[] = []
  const noted: LoadChunk = (name) => {
    asked.push(name)
    return load(name)
  }
  const tracker = startTracker({ environment: page.environment, load: noted })
  await page.settle()
  return { ...tracker, asked }
}

/** The properties of the events of one name that were sent, after the queue had its second. */
export async function sentOf(page: Page, name: string): Promise<Readonly<Record<string, unknown>>[]> {
  await page.advance(1_000)
  const events = page.sent.flatMap(({ body }) => body.events)
  return events.filter((event) => event.name === name).map(({ properties }) => properties)
}
