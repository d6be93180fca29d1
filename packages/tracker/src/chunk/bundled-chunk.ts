import type { Chunk, ChunkName, LoadChunk } from '../observe/observer.ts'

// Written out, so that a bundler finds them and makes each a file of its own.
const CHUNKS: { readonly [Name in ChunkName]: () => Promise<Chunk> } = {
  session: () => import('./session.ts'),
  forms: () => import('./forms.ts'),
  marks: () => import('./marks.ts'),
  search: () => import('./search.ts'),
  video: () => import('./video.ts'),
  live: () => import('./live.ts'),
}

/** Loads parts as the bundler of the site left them. */
export const bundledChunk: LoadChunk = (name) => CHUNKS[name]()
