import { AnswerNotToldError } from '../store-error.ts'
import type { ConsentLog } from './consent-log.ts'
import type { LastAnswer, SharedAnswers } from './shared-answers.ts'

/** How a log tells the others. */
export interface SharingOptions {
  readonly answers: SharedAnswers
  /** Names the log, and no other: a text that is made once and stands beside it. Asked for when there is something to tell. */
  readonly machine: () => Promise<string>
  /** Hears why the others could not be told when it was tried once more. Default nobody. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** Waits before it is tried once more; rejects when nothing is to be waited for any more. Default a timer that keeps no process alive. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined
}

/** A log whose answers other machines know. */
export interface SharedLog extends ConsentLog {
  /** Tells what was not told yet, as often as it takes. */
  catchUp(): void
}

// Milliseconds: the first pause before another try, and the longest.
const [FIRST_PAUSE, LONGEST_PAUSE] = [500, 30_000]
const AT_ONCE = 100
// Of more than these that wait to be told after an outage their rows are told late.
const MOST_UNTOLD = 10_000

/**
 * A log of one machine whose answers every machine knows: `append` resolves when the row is durable here *and* the others know. Where they cannot be told
 * it rejects with `AnswerNotToldError`; the row is kept, and told as soon as that can be done, also by the next process.
 */
export function shareAnswers(log: ConsentLog, options: SharingOptions): SharedLog {
  const { answers, machine, onError = () => {}, wait = waitUnref } = options
  let isClosed = false
  let isAsked = false
  // While all that an earlier process left is told nobody waits for it.
  let isBehind = false
  // Wait for an attempt that begins after they came.
  let waiting: readonly (() => void)[] = []
  let isWorking = false
  // What this process heard and could not tell, by pseudonym; and the one of them that is being told.
  const untold = new Map<string, LastAnswer>()
  let tellingAgain: Promise<unknown> = Promise.resolve()
  // A page of rows that is being told, and somebody who is let go of, wait for each other: what was read before would be told after.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }

  const tellUntold = async (): Promise<void> => {
    for (const [pseudonym, answer] of untold) {
      const telling = answers.tellAgain(pseudonym, answer)
      tellingAgain = telling.catch(() => {})
      await telling
      if (untold.get(pseudonym) === answer) untold.delete(pseudonym)
    }
  }
  // An older state of the answers, put back, holds them once more; so does what was broken off.
  const forgetAgain = async (mark: string): Promise<void> => {
    for (let after = await answers.toldBy(mark); !isClosed; ) {
      const from = after
      const last = await inTurn(async () => {
        const gone = await log.letGoAfter(from, AT_ONCE)
        await answers.forget(gone.map(({ pseudonym }) => pseudonym))
        return gone.at(-1)
      })
      if (last === undefined) return
      after = last.id
      await answers.noteTold(mark, after)
    }
  }
  // Of a log that was put back, or is another one, more was told than it has.
  const firstUntold = async (name: string): Promise<number> => {
    const told = await answers.toldBy(name)
    if (told === 0) return 0
    const [row] = await log.read({ after: told - 1, limit: 1 })
    return row === undefined ? 0 : told
  }
  // Rows that are told once more change nothing: what stands there is of then or later.
  const tellPage = async (after: number): Promise<number | undefined> => {
    const rows = await log.read({ after, limit: AT_ONCE, withoutLetGo: true })
    await Promise.all(
      rows.map(async ({ pseudonym, time, granted }) => {
        if (pseudonym !== null) await answers.tellLate(pseudonym, { time, granted })
      }),
    )
    return rows.at(-1)?.id
  }
  const tellRows = async (): Promise<void> => {
    const name = await machine()
    await tellUntold()
    await forgetAgain(`${name} let go`)
    for (let after = await firstUntold(name); !isClosed; ) {
      const from = after
      const last = await inTurn(() => tellPage(from))
      if (last === undefined) return
      after = last
      await answers.noteTold(name, after)
    }
  }
  // Answers how it went, and lets go whoever waited before it began.
  const tryOnce = async (): Promise<{ readonly error: unknown } | undefined> => {
    const told = waiting
    waiting = []
    isAsked = false
    const trouble = await tellRows().then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    isBehind = trouble !== undefined
    for (const go of trouble === undefined ? told : [...told, ...waiting]) go()
    return trouble
  }
  const work = async (): Promise<void> => {
    isWorking = true
    try {
      for (let pause = FIRST_PAUSE; isAsked && !isClosed; ) {
        const trouble = await tryOnce()
        if (trouble !== undefined && !isClosed) {
          onError(trouble.error)
          await wait(pause)
          isAsked = true
        }
        pause = trouble === undefined ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2)
      }
    } finally {
      isWorking = false
    }
  }
  const begin = (): void => {
    isAsked = true
    // Only `wait` rejects.
    if (!isWorking) work().catch(() => {})
  }
  // Resolves after the next attempt, whatever came of it.
  const attempt = (): Promise<void> =>
    new Promise((resolve) => {
      waiting = [...waiting, resolve]
      begin()
    })

  const forget = async (pseudonyms: readonly string[]): Promise<void> => {
    const all = [...pseudonyms, ...(await log.absorbedBy(pseudonyms))]
    for (const one of all) untold.delete(one)
    await tellingAgain
    await answers.forget(all)
  }

  return {
    append: async (change, isOther) => {
      const { pseudonym, time, granted } = change
      if (pseudonym === null) return log.append(change, isOther)
      // Whoever answered elsewhere meanwhile, and now says again what they last said here, needs a row of it.
      const there = await answers.read([pseudonym]).catch(() => undefined)
      const isChange = there !== undefined && String(there.granted) !== String(granted)
      const isKept = await log.append(change, isOther || isChange)
      // An earlier one of theirs must not come after this one.
      untold.delete(pseudonym)
      await tellingAgain
      try {
        await answers.tell(pseudonym, { time, granted })
      } catch (error) {
        if (untold.size < MOST_UNTOLD) untold.set(pseudonym, { time, granted })
        begin()
        throw notTold(error)
      }
      // Before it is answered the row is noted as told: told once more after an erasure, it would stand there again.
      if (isBehind) begin()
      else await attempt()
      return isKept
    },
    absorb: async (from, into, at) => {
      await log.absorb(from, into, at)
      await answers.absorb(from, into)
    },
    letGo: (pseudonyms) =>
      inTurn(async () => {
        // First: where the others do not answer it is done as soon as they do.
        await log.letGo(pseudonyms)
        await forget(pseudonyms)
      }),
    letGoAfter: (id, limit) => log.letGoAfter(id, limit),
    erase: (pseudonyms) =>
      inTurn(async () => {
        await forget(pseudonyms)
        return log.erase(pseudonyms)
      }),
    read: (query) => log.read(query),
    last: (pseudonyms) => log.last(pseudonyms),
    absorbedBy: (pseudonyms) => log.absorbedBy(pseudonyms),
    sweep: (before) => log.sweep(before),
    catchUp: () => {
      isBehind = true
      begin()
    },
    close: async () => {
      isClosed = true
      for (const go of waiting) go()
      await log.close()
      await answers.close()
    },
  }
}

function notTold(error: unknown): AnswerNotToldError {
  const why = error instanceof Error ? error.message : String(error)
  const message = `[storage] shareAnswers: an answer is kept, but the other machines could not be told: ${why}`
  return new AnswerNotToldError(message, { cause: error })
}

function waitUnref(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
