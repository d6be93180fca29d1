import { StoreBusyError } from '../store-error.ts'
import type { StoreSpace } from './store-space.ts'

// Other processes may write the same visitor meanwhile; each time, one of them got on.
const TRIES = 20
// Milliseconds, at most, between two tries.
const PAUSE = 20

/** Tries a step again while somebody else wrote the visitor in between, which it tells by answering nothing. */
export async function tryAgain<T>(
  { name, patience }: StoreSpace,
  step: () => Promise<T | undefined>,
): Promise<T> {
  const began = performance.now()
  for (let tries = 0; tries < TRIES && performance.now() - began <= patience; tries++) {
    if (tries > 1) await pause(Math.random() * Math.min(PAUSE, 2 ** tries))
    const answer = await step()
    if (answer !== undefined) return answer
  }
  throw new StoreBusyError(
    `[storage] ${name}: other processes wrote the same visitor again and again in between. Try again.`,
  )
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
