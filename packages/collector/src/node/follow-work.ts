import type { IncomingMessage } from 'node:http'
import type { Shedder } from './shedder.ts'

/**
 * Counts a request that was let in as worked on, from when its body is here as a whole: who sends slowly takes nobody's place. Answers what ends the
 * count.
 */
export function followWork(incoming: IncomingMessage, { begin, end }: Shedder): () => void {
  let isBegun = false
  let isEnded = false
  incoming.once('end', () => {
    // Nobody waits for the rest of a body that was not needed for the answer.
    if (isEnded) return
    isBegun = true
    begin()
  })
  return () => {
    isEnded = true
    if (isBegun) end()
  }
}
