import type { QueueEntry } from './event-queue.ts'

/** An entry in a worker's hands. */
export interface Held {
  readonly entry: QueueEntry
  /** How often it failed for a reason of its own. */
  readonly failures: number
}

/** The entries that a worker holds, in a line for each visitor. */
export interface VisitorLines {
  add(held: readonly Held[]): void
  /**
   * The entries of one visitor that nobody folds, the oldest first; those that failed before come one at a time. Empty when
   * there are none, or `most` visitors are being folded.
   */
  next(most: number): readonly Held[]
  /** What is left of the line of a visitor who is being folded; it is empty then. */
  clear(visitor: string): readonly Held[]
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
    add: (held) => {
      for (const one of held) lineOf(one.entry.visitor).push(one)
    },
    next: (most) => {
      const [visitor] = ready
      if (visitor === undefined || folding.size >= most) return []
      ready.delete(visitor)
      folding.add(visitor)
      return cut(lines.get(visitor)!)
    },
    clear: (visitor) => lines.get(visitor)?.splice(0) ?? [],
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
