import { visitorErased, visitorMoved } from '../store-error.ts'

/** What became of a visitor besides being there: a marker that leads to another one, or a tombstone. */
export interface Fate {
  readonly erased: boolean
  /** Whom this one was merged into. */
  readonly into: string | undefined
  /** When, milliseconds. */
  readonly at?: number | undefined
}

/** Refuses what is asked to be appended for somebody who was erased or merged into another one. `driver` names the store, for errors. */
export function refuseGone(driver: string, { erased, into, at }: Fate): void {
  if (erased) throw visitorErased(driver)
  if (into !== undefined) throw visitorMoved(driver, into, at)
}

/**
 * Whom a merge leads to, after the marker of `into` if there is one, once.
 * @throws when whoever it leads to was erased, or moved on as well.
 */
export function targetOf(
  driver: string,
  from: string,
  into: string,
  fateOf: (visitor: string) => Fate,
): string {
  const first = fateOf(into)
  if (first.erased || first.into === undefined || first.into === from) {
    refuseGone(driver, first)
    return into
  }
  refuseGone(driver, fateOf(first.into))
  return first.into
}

/**
 * Checks that a merge is of two.
 * @throws TypeError when it is of somebody with themselves.
 */
export function checkTwo(driver: string, from: string, into: string): void {
  if (from === into)
    throw new TypeError(`[storage] ${driver}: mergeVisitor was given one visitor twice. Name two.`)
}
