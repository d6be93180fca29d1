import type { PublishedSweep } from './published-sweep.ts'

/** The terms that depend on something that is asked. */
export interface Source {
  readonly ifTrue: readonly number[]
  readonly ifFalse: readonly number[]
}

/** Lays out what is asked of each word's terms; sources before `from` are not asked but read by every question. */
export function layEntries(
  sources: readonly Source[],
  from: number,
  words: number,
): Pick<PublishedSweep, 'starts' | 'sources' | 'ifTrue' | 'ifFalse'> {
  const byWord: Map<number, Entry>[] = Array.from({ length: words }, () => new Map())
  sources.forEach(({ ifTrue, ifFalse }, source) => {
    if (source < from) return
    for (const term of ifTrue) entryOf(byWord[term >>> 5]!, source).ifTrue |= 1 << (term & 31)
    for (const term of ifFalse) entryOf(byWord[term >>> 5]!, source).ifFalse |= 1 << (term & 31)
  })
  const starts = [0]
  for (const entries of byWord) starts.push(starts.at(-1)! + entries.size)
  const entries = byWord.flatMap((word) => [...word])
  return {
    starts,
    sources: entries.map(([source]) => source),
    ifTrue: entries.map(([, { ifTrue }]) => ifTrue),
    ifFalse: entries.map(([, { ifFalse }]) => ifFalse),
  }
}

interface Entry {
  ifTrue: number
  ifFalse: number
}

function entryOf(entries: Map<number, Entry>, source: number): Entry {
  const entry = entries.get(source) ?? { ifTrue: 0, ifFalse: 0 }
  entries.set(source, entry)
  return entry
}
