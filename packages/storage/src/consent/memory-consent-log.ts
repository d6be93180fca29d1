import { type ConsentLog, type ConsentRow, isRepeated, MOST_ROWS } from './consent-log.ts'

/** Creates a log that is gone with the process: for tests and trials. */
export function createMemoryConsentLog(): ConsentLog {
  let rows: readonly ConsentRow[] = []
  let lastId = 0

  const keep = (isKept: (row: ConsentRow) => boolean): number => {
    const kept = rows.filter(isKept)
    const gone = rows.length - kept.length
    rows = kept
    return gone
  }
  const lastOf = (pseudonym: string | null): ConsentRow | undefined =>
    rows.findLast((row) => row.pseudonym === pseudonym)

  return {
    append: async (change) => {
      if (isRepeated(lastOf(change.pseudonym), change)) return false
      rows = [...rows, { ...change, granted: [...change.granted], id: ++lastId }]
      return true
    },
    read: async ({ pseudonyms, after = 0, limit = MOST_ROWS } = {}) =>
      rows
        .filter(({ id, pseudonym }) => id > after && isAsked(pseudonyms, pseudonym))
        .slice(0, Math.min(limit, MOST_ROWS)),
    sweep: async (before) =>
      keep(
        (row) =>
          row.time >= before ||
          (row.granted.length > 0 && row.pseudonym !== null && lastOf(row.pseudonym) === row),
      ),
    erase: async (pseudonyms) => keep(({ pseudonym }) => !isAsked(pseudonyms, pseudonym)),
    close: async () => {},
  }
}

function isAsked(pseudonyms: readonly string[] | undefined, pseudonym: string | null): boolean {
  return pseudonyms === undefined || (pseudonym !== null && pseudonyms.includes(pseudonym))
}
