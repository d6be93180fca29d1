import type { Alarm } from './alarm.ts'

/** A window that is out of the usual. */
export interface Finding extends Omit<Alarm, 'since'> {
  /** How many usual deviations it is out; one window far out is enough for an alarm, of others two in a row are needed. */
  readonly deviations: number
}

/** From so many deviations on a window is out of the usual. */
export const OUT = 4
/** From so many on it is so alone: by chance once in some two million windows, were all noise normal. */
export const FAR_OUT = 5
