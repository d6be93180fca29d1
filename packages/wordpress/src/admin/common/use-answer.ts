import { useCallback, useEffect, useState } from '@wordpress/element'
import { troubleOf } from '../server/ask.ts'

/** What the server answered, or why it did not. */
export interface Answer<T> {
  /** Undefined until it is there. */
  readonly answer: T | undefined
  /** Empty while all is well. */
  readonly trouble: string
  /** Asks again; the answer before stays until the new one is there. */
  readonly reload: () => void
}

/** Asks the server when the screen is first drawn. `ask` stays the same function. */
export function useAnswer<T>(ask: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<T | undefined>(undefined)
  const [trouble, setTrouble] = useState('')
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isWanted = true
    ask()
      .then((given) => {
        if (!isWanted) return
        setTrouble('')
        setAnswer(() => given)
      })
      .catch((error: unknown) => isWanted && setTrouble(troubleOf(error)))
    return () => {
      isWanted = false
    }
  }, [ask, turn])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  return { answer, trouble, reload }
}
