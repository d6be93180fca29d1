import { type ConsentLog, type ConsentRow, isRepeated, MOST_ROWS } from './consent-log.ts'

/** Creates a log that is gone with the process: for tests and trials. */
export function createMemoryConsentLog(): ConsentLog {
  let rows: readonly ConsentRow[] = []
  let lastId = 0
  // Pseudonym → who turned out to be the same, and when.
  const absorbed = new Map<string, { readonly into: string; readonly at: number }>()

  // Pseudonym → the last row of before they were let go of.
  const gone = new Map<string, { readonly id: number; readonly until: number }>()
  let lastGone = 0

  const keep = (isKept: (row: ConsentRow) => boolean): number => {
    const kept = rows.filter(isKept)
    const count = rows.length - kept.length
    rows = kept
    for (const one of gone.keys()) if (lastOf(one) === undefined) gone.delete(one)
    return count
  }
  const lastOf = (pseudonym: string | null): ConsentRow | undefined =>
    rows.findLast((row) => row.pseudonym === pseudonym)
  const absorbedBy = (pseudonyms: readonly string[]): readonly string[] => {
    const all = new Set(pseudonyms)
    // A set also gives what is added to it on the way.
    for (const one of all) for (const [from, { into }] of absorbed) if (into === one) all.add(from)
    return [...all].filter((one) => !pseudonyms.includes(one))
  }

  return {
    append: async (change, isOther = false) => {
      const last = lastOf(change.pseudonym)
      // Whoever was let go of begins anew.
      const isStanding = (last?.id ?? 0) > (gone.get(change.pseudonym ?? '')?.until ?? 0)
      if (!isOther && isStanding && isRepeated(last, change)) return false
      rows = [...rows, { ...change, granted: [...change.granted], id: ++lastId }]
      return true
    },
    read: async ({ pseudonyms, after = 0, limit = MOST_ROWS, withoutLetGo = false } = {}) =>
      rows
        .filter(({ id, pseudonym }) => id > after && isAsked(pseudonyms, pseudonym))
        .filter(({ id, pseudonym }) => !withoutLetGo || id > (gone.get(pseudonym ?? '')?.until ?? 0))
        .slice(0, Math.min(limit, MOST_ROWS)),
    last: async (pseudonyms) => rows.findLast(({ pseudonym }) => isAsked(pseudonyms, pseudonym)),
    absorb: async (from, into, at) => {
      for (const one of from) if (one !== into && !absorbed.has(one)) absorbed.set(one, { into, at })
    },
    absorbedBy: async (pseudonyms) => absorbedBy(pseudonyms),
    sweep: async (before) => {
      const swept = keep(
        (row) =>
          row.time >= before ||
          (row.granted.length > 0 && row.pseudonym !== null && lastOf(row.pseudonym) === row),
      )
      for (const [one, { at }] of absorbed) {
        if (at < before && lastOf(one) === undefined) absorbed.delete(one)
      }
      return swept
    },
    letGo: async (pseudonyms) => {
      for (const one of [...pseudonyms, ...absorbedBy(pseudonyms)]) {
        gone.delete(one)
        gone.set(one, { id: ++lastGone, until: lastId })
      }
    },
    letGoAfter: async (after, limit) =>
      [...gone]
        .filter(([one, { id, until }]) => id > after && (lastOf(one)?.id ?? 0) <= until)
        .slice(0, limit)
        .map(([pseudonym, { id }]) => ({ id, pseudonym })),
    erase: async (pseudonyms) => {
      const all = [...pseudonyms, ...absorbedBy(pseudonyms)]
      for (const one of all) absorbed.delete(one)
      return keep(({ pseudonym }) => !isAsked(all, pseudonym))
    },
    close: async () => {},
  }
}

function isAsked(pseudonyms: readonly string[] | undefined, pseudonym: string | null): boolean {
  return pseudonyms === undefined || (pseudonym !== null && pseudonyms.includes(pseudonym))
}
