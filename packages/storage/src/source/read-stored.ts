import { BEGINNING_BYTES, openEnvelope, signatureIn } from './envelope.ts'
import type { Found } from './open-source.ts'
import { parseJson } from './parse-published.ts'
import { trouble } from './trouble.ts'

/** What is asked of a store that keeps an envelope as text below a key. */
export interface TextStore {
  get(key: string): Promise<string | null>
  /** Bytes from `start` to `end`, both included; empty when there is none. */
  getRange(key: string, start: number, end: number): Promise<string | null>
}

/** Reads the envelope below a key, whole only when it begins otherwise than the known one. */
export async function readStored(
  name: string,
  store: TextStore,
  key: string,
  secrets: readonly string[],
  known: string | undefined,
): Promise<Found | undefined> {
  if (known !== undefined) {
    const beginning = await store.getRange(key, 0, BEGINNING_BYTES - 1)
    if (signatureIn(beginning ?? '') === known) return undefined
  }
  const text = await store.get(key)
  if (text === null) throw trouble(name, 'is not there. Publish with `attune publish`')
  return openEnvelope(name, parseJson(name, text), secrets)
}
