import { redact } from './redact.ts'

/** How one part of a process stands. */
export interface PartHealth {
  /** Why it is degraded, and the cure; missing while it is well. */
  readonly why?: string | undefined
  /** What else is known of it: a state, counts, an age. Nothing that names a visitor. */
  readonly facts?: { readonly [name: string]: string | number | null } | undefined
}

/** Looks at one part. Rejects when it does not answer. */
export type LookAtPart = () => Promise<PartHealth>

/** One part, and since when it is as it is. */
export interface PartReport extends PartHealth {
  readonly part: string
  readonly status: 'ok' | 'degraded'
  /** Milliseconds since 1970. */
  readonly since: number
}

/** How a process stands. */
export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'stopping'
  /** Milliseconds since 1970. */
  readonly since: number
  readonly started: number
  readonly now: number
  readonly parts: readonly PartReport[]
}

/** What is looked at, and who hears of changes. */
export interface HealthOptions {
  readonly parts: { readonly [part: string]: LookAtPart }
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Hears when a part becomes degraded, or well again after so many milliseconds. */
  readonly onChange: (part: PartReport, lasted: number) => void
  /** Milliseconds that a part may take to answer; more than stores allow themselves. Default 1,500. */
  readonly patience?: number | undefined
}

/** Looks after the health of a process. */
export interface Health {
  /** Looks at every part. What was seen within the last second is not looked at again. */
  look(): Promise<HealthReport>
  /** From now on no new work is taken. */
  stop(): void
  isStopping(): boolean
}

const LOOK_MS = 1_000

/** Creates what looks after the health of a process; it looks when it is asked. */
export function createHealth({ parts, clock, onChange, patience = 1_500 }: HealthOptions): Health {
  const started = clock()
  const known = new Map<string, PartReport>()
  let stopping: number | undefined
  let seen = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const note = (part: string, { why, facts }: PartHealth, now: number): void => {
    const before = known.get(part)
    const status = why === undefined ? 'ok' : 'degraded'
    // What is well when it is first seen was so from the start, for all we know.
    const from = before === undefined && status === 'ok' ? started : now
    const since = before?.status === status ? before.since : from
    const report = { part, status, since, why, facts } as const
    known.set(part, report)
    // That all is well at first is no news.
    if ((before?.status ?? 'ok') !== status) onChange(report, now - (before?.since ?? started))
  }

  const lookAt = async (part: string, look: LookAtPart): Promise<void> => {
    const health = await within(patience, look).catch(
      (error: unknown): PartHealth => ({
        why: redact(messageOf(error)),
      }),
    )
    note(part, health, clock())
  }

  const lookAtAll = async (): Promise<void> => {
    await Promise.all(Object.entries(parts).map(([part, look]) => lookAt(part, look)))
    seen = clock()
    looking = undefined
  }

  return {
    look: async () => {
      if (Math.abs(clock() - seen) >= LOOK_MS) {
        looking ??= lookAtAll()
        await looking
      }
      const reports = Object.keys(parts).flatMap((part) => known.get(part) ?? [])
      const ill = reports.filter(({ status }) => status === 'degraded').map(({ since }) => since)
      const changes = reports.map(({ since }) => since)
      const status = stopping !== undefined ? 'stopping' : ill.length > 0 ? 'degraded' : 'ok'
      const since = stopping ?? (ill.length > 0 ? Math.min(...ill) : Math.max(started, ...changes))
      return { status, since, started, now: clock(), parts: reports }
    },
    stop: () => {
      stopping ??= clock()
    },
    isStopping: () => stopping !== undefined,
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function within<T>(milliseconds: number, look: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = new Error(
      `It gave no answer within ${milliseconds} ms. See whether it is up and can be reached.`,
    )
    const timer = setTimeout(() => reject(late), milliseconds)
    Promise.resolve()
      .then(look)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
