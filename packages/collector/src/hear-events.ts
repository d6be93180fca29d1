import { IDENTIFY, isObject, own } from '@attune/core'
import type { Judged } from './judge-events.ts'
import type { Watch } from './quality/create-watch.ts'
import type { RejectionReason } from './rejection.ts'

/** A batch as it came. */
export interface HeardBatch {
  readonly events: readonly unknown[]
  /** When its sender's clock said it was sent, milliseconds. */
  readonly sent?: number | undefined
}

// Of these either nothing may be said, or there is nothing to be said.
const UNHEARD: ReadonlySet<RejectionReason> = new Set([
  'bot',
  'consent',
  'malformed',
  'forbidden-key',
  'signed-out',
])

/** Lets a watch hear a judged batch: what was taken, and what was refused although its purpose is granted. */
export function hearEvents(
  watch: Pick<Watch, 'hear'>,
  batch: HeardBatch,
  judged: Judged,
  received: number,
): void {
  const taken = judged.taken.map(({ index }) => index)
  const refused = judged.refused
    .filter(({ rejection }) => !UNHEARD.has(rejection.reason))
    .map(({ rejection }) => rejection.index)
  for (const index of [...taken, ...refused]) hearOne(watch, batch.events[index], batch.sent, received)
}

function hearOne(
  watch: Pick<Watch, 'hear'>,
  value: unknown,
  sent: number | undefined,
  received: number,
): void {
  if (!isObject(value)) return
  const name = own(value, 'name')
  const time = own(value, 'time')
  const properties = own(value, 'properties')
  if (typeof name !== 'string' || typeof time !== 'number') return
  const corrected = sent === undefined ? time : received - (sent - time)
  // Traits come one by one, and each has a purpose of its own: nothing of them is a schema.
  const told = isObject(properties) && name !== IDENTIFY ? properties : {}
  watch.hear({ name, properties: told, time: corrected }, received)
}
