/** A session: its first and last event, milliseconds. */
type Span = [from: number, to: number]

/** Counts sessions: a visitor's events with no more than 30 minutes between neighbours. */
export interface Sessions {
  add(visitor: string, time: number): void
  visitors(): Iterable<string>
  visitorCount(): number
  sessionCount(): number
}

const PAUSE = 30 * 60_000

/** Counts exactly whatever order the events come in: a late one may join two sessions into one. */
export function createSessions(): Sessions {
  const byVisitor = new Map<string, Span[]>()

  function add(visitor: string, time: number): void {
    const spans = byVisitor.get(visitor)
    if (spans === undefined) byVisitor.set(visitor, [[time, time]])
    else addTo(spans, time)
  }

  function sessionCount(): number {
    let count = 0
    for (const spans of byVisitor.values()) count += spans.length
    return count
  }

  return { add, visitors: () => byVisitor.keys(), visitorCount: () => byVisitor.size, sessionCount }
}

// Spans ascend and lie more than a pause apart. Files are nearly in order, so the place is sought from the end.
function addTo(spans: Span[], time: number): void {
  let at = spans.length - 1
  while (at >= 0 && spans[at]![0] - PAUSE > time) at--
  const span = spans[at]
  if (span === undefined || time > span[1] + PAUSE) {
    spans.splice(at + 1, 0, [time, time])
    return
  }
  span[0] = Math.min(span[0], time)
  span[1] = Math.max(span[1], time)
  const before = spans[at - 1]
  if (before === undefined || span[0] - before[1] > PAUSE) return
  before[1] = span[1]
  spans.splice(at, 1)
}
