import type { StoreSpace } from './store-space.ts'

// A step over the list holds up the server for well below a millisecond.
const STEP = 500

/** What is looked for among the refused events. */
export interface RejectedWalk<T> {
  /** What is wanted of a text; nothing, when it is not wanted. */
  readonly pick: (text: string) => T | undefined
  /** Tells by a page that nothing older is wanted. */
  readonly isPast?: (texts: readonly string[]) => boolean
}

/**
 * Walks over the texts of the refused events, the newest first, and answers what was picked. None that was there all the time is missed: what is pushed
 * meanwhile moves the others on, what is deleted moves them back, and so each page goes on behind the text that the one before ended with. Where that
 * one is gone, the walk begins anew.
 */
export async function walkRejected<T>(
  { commands, keys }: StoreSpace,
  { pick, isPast = () => false }: RejectedWalk<T>,
): Promise<readonly T[]> {
  const picked: T[] = []
  let from = 0
  let last: string | undefined
  for (;;) {
    const [reply] = await commands.pipeline([['LRANGE', keys.rejected, from, from + STEP - 1]])
    const texts = reply as readonly string[]
    const at = last === undefined ? 0 : texts.indexOf(last) + 1
    const isFound = last === undefined || at > 0
    if (isFound) {
      const page = texts.slice(at)
      for (const text of page) {
        const one = pick(text)
        if (one !== undefined) picked.push(one)
      }
      if (texts.length < STEP || (page.length > 0 && isPast(page))) return picked
      last = texts.at(-1)
      from += texts.length - 1
    } else if (texts.length === STEP) {
      from += STEP
    } else {
      picked.length = 0
      from = 0
      last = undefined
    }
  }
}
