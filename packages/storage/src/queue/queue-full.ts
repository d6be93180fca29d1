import { StoreBusyError } from '../store-error.ts'

/** What a push is told when too much waits already. */
export function queueFull(): StoreBusyError {
  return new StoreBusyError(
    '[storage] queue: too many entries wait already. Start more workers, or see why those there are do not get on.',
  )
}
