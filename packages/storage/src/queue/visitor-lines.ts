import type { QueueEntry } from './event-queue.ts'

/** An entry in a worker's hands. */
export interface Held {
  readonly entry: QueueEntry
  /** How often it failed for a reason of its own. */
  failures: number
  /** How often the store failed when it was folded. */
  troubles: number
}

/** The entries that a worker holds, in a line for each visitor. */
export interface VisitorLines {
  add(entries: readonly QueueEntry[]): void
  /**
   * The entries of one visitor that nobody folds, the oldest first; those that failed before come one at a time. Empty when
   * there are none, or `most` visitors are being folded.
   */
  next(most: number): readonly Held[]
  /** Back to the head of the line. */
  putBack(group: readonly Held[]): void
  /** The group's visitor is folded no more. */
  leave(group: readonly Held[]): void
  /** Visitors that are being folded. */
  readonly underWay: number
}

/** `mostEvents`: a group has no more, unless one entry has. */
export function createVisitorLines(mostEvents: number): VisitorLines {
  // A visitor who is being folded is not in `ready`.
  const lines = new Map<string, Held[]>()
  const ready = new Set<string>()
  const folding = new Set<string>()

  const lineOf = (visitor: string): Held[] => {
    const line = lines.get(visitor) ?? []
    lines.set(visitor, line)
    if (!folding.has(visitor)) ready.add(visitor)
    return line
  }

  const cut = (line: Held[]): readonly Held[] => {
    if (line[0]!.failures > 0) return line.splice(0, 1)
    let events = 0
    const end = line.findIndex(({ entry, failures }, at) => {
      events += entry.events.length
      return at > 0 && (failures > 0 || events > mostEvents)
    })
    return line.splice(0, end === -1 ? line.length : end)
  }

  return {
    add: (entries) => {
      for (const entry of entries) lineOf(entry.visitor).push({ entry, failures: 0, troubles: 0 })
    },
    next: (most) => {
      const [visitor] = ready
      if (visitor === undefined || folding.size >= most) return []
      ready.delete(visitor)
      folding.add(visitor)
      return cut(lines.get(visitor)!)
    },
    putBack: (group) => {
      const [first] = group
      if (first !== undefined) lineOf(first.entry.visitor).unshift(...group)
    },
    leave: (group) => {
      const [first] = group
      if (first === undefined) return
      const { visitor } = first.entry
      folding.delete(visitor)
      if (lines.get(visitor)!.length === 0) lines.delete(visitor)
      else ready.add(visitor)
    },
    get underWay() {
      return folding.size
    },
  }
}
