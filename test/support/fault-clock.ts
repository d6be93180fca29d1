/** A clock that moves only when it is told to, as far as it is told to. */
export interface VirtualClock {
  /** Milliseconds. */
  readonly now: () => number
  /** Runs a task after so many milliseconds, unless what it answers is called first. */
  readonly later: (task: () => void, delay: number) => () => void
  /** Moves on to an instant. After the tasks of each it waits for what they set off, which takes no time of this clock. */
  run(until: number, settle?: () => Promise<void>): Promise<void>
}

interface Task {
  readonly task: () => void
  isCancelled: boolean
}

// Answers are read over some turns of promises.
const TURNS = 8

/** Creates a clock that begins at an instant. Tasks lie by millisecond, a slot each, as time only moves on. */
export function createVirtualClock(start = 0): VirtualClock {
  const slots = new Map<number, Task[]>()
  let now = start
  const turn = async (): Promise<void> => {
    for (let turns = 0; turns < TURNS; turns++) await Promise.resolve()
  }
  return {
    now: () => now,
    later: (task, delay) => {
      const entry: Task = { task, isCancelled: false }
      const at = Math.max(now, Math.ceil(now + delay))
      const slot = slots.get(at)
      if (slot === undefined) slots.set(at, [entry])
      else slot.push(entry)
      return () => {
        entry.isCancelled = true
      }
    },
    run: async (until, settle = turn) => {
      for (; now < until; now++) {
        for (let slot = slots.get(now); slot !== undefined; slot = slots.get(now)) {
          slots.delete(now)
          for (const { task, isCancelled } of slot) if (!isCancelled) task()
          await settle()
        }
      }
    },
  }
}
