import { useEffect, useState } from '@wordpress/element'

/** The part of core that checks, publishes and explains. */
export type Engine = typeof import('./engine.ts')

let loaded: Engine | undefined

/** The engine; `undefined` until it is loaded, which begins as soon as it is `needed`. Throws nothing: trouble is told. */
export function useEngine(needed: boolean): {
  readonly engine: Engine | undefined
  readonly trouble: string
} {
  const [engine, setEngine] = useState(loaded)
  const [trouble, setTrouble] = useState('')
  useEffect(() => {
    if (!needed || engine !== undefined) return
    import(/* webpackChunkName: "admin/engine" */ './engine.ts')
      .then((module) => {
        loaded = module
        setEngine(module)
      })
      .catch((error: unknown) => setTrouble(String(error)))
  }, [needed, engine])
  return { engine, trouble }
}
