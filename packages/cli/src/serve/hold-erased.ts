import { setTimeout } from 'node:timers/promises'
import { StoreBusyError } from '@attune/storage'
import type { ErasedAgain, ErasingAgain } from '@attune/storage/erased'
import type { OpenedStore } from '../options/open-store.ts'
import type { Auditor } from '../rights/create-auditor.ts'

/** Who hears what was done about the list of whom was erased. */
export interface ErasedHearing {
  /** Hears what whoever looks after the server should know. */
  readonly warn: (message: string) => void
  readonly onError: (error: unknown) => void
  /** Whether there is nothing to be done any more. */
  readonly isEnded: () => boolean
  /** Writes down that somebody is erased; without it nobody does. */
  readonly writeDown?: Auditor['act'] | undefined
  /** Waits before it is tried again, milliseconds. Default a timer that keeps no process alive. */
  readonly wait?: ((ms: number) => Promise<unknown>) | undefined
}

/** A list that is compared with the store. */
export interface HeldErased {
  /** Whether it is not done yet. */
  readonly isHeld: () => boolean
}

// Milliseconds between two tries while the store is away.
const PAUSE = 1_000

/**
 * Erases again whom a restored backup brought back, before anybody is answered. A store that is away is asked each second until it answers, and nobody waits for that:
 * visitors are held until it is done (`refuseWhile`). Rejects for everything else.
 */
export async function holdErased(
  eraseAgain: (how: ErasingAgain) => Promise<ErasedAgain>,
  hearing: ErasedHearing,
): Promise<HeldErased> {
  const { isEnded, writeDown, warn } = hearing
  const around: ErasingAgain['around'] = (_again, act) =>
    writeDown === undefined ? act() : writeDown(ACT, async () => countErased(await act()))
  const ask = async (): Promise<void> => tell(await eraseAgain({ isEnded, around }), warn)
  let isHeld = true
  const goOn = async (): Promise<void> => {
    const { wait = (ms: number) => setTimeout(ms, undefined, { ref: false }) } = hearing
    while (isHeld) {
      await wait(PAUSE)
      if (isEnded()) return
      try {
        await ask()
        isHeld = false
      } catch (error) {
        if (!isEnded()) hearing.onError(error)
      }
    }
  }
  try {
    await ask()
    isHeld = false
  } catch (error) {
    if (!(error instanceof StoreBusyError)) throw error
    hearing.onError(error)
    void goOn()
  }
  return { isHeld: () => isHeld }
}

const HELD = ['load', 'append', 'rehearse', 'exportVisitor', 'mergeVisitor'] as const

/** The same store, which tells and takes nothing of any visitor while it `isHeld`: one who was erased may be known there again. */
export function refuseWhile<Store extends OpenedStore['store']>(store: Store, isHeld: () => boolean): Store {
  // What is not said here is the store's own.
  const held: Store = Object.create(store)
  for (const name of HELD) {
    const ask: unknown = Reflect.get(store, name)
    if (typeof ask !== 'function') continue
    const answer = (...args: readonly unknown[]): unknown =>
      isHeld() ? Promise.reject(new StoreBusyError(WAITING)) : Reflect.apply(ask, store, args)
    Reflect.set(held, name, answer)
  }
  return held
}

const ACT = { action: 'profile.erase', actor: 'system' } as const
const WAITING =
  'The list of whom was erased could not be compared with the store yet: until then it is not asked about anybody.'

function countErased(value: ErasedAgain) {
  return { value, counts: { listed: value.listed, again: value.again } }
}

function tell({ again, damaged, leftovers }: ErasedAgain, warn: ErasedHearing['warn']): void {
  if (again > 0) {
    const left =
      leftovers.length === 0
        ? ''
        : ` Bytes may be left (${leftovers.join(', ')}): attune erase --again tells the cure.`
    warn(
      `${again} who had been erased were known again, as after restoring a backup, and were erased again.${left}`,
    )
  }
  // A line that a crash left is of an erasure that was never answered.
  if (damaged > 1) warn(`${damaged} lines of the list of whom was erased hold no entry. Look at the file.`)
}
