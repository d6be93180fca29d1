import type { Trace } from './trace-condition.ts'

/**
 * A trace for people: a `not` and what it denies are one line, since its sentence says both. "did not buy in the last
 * 24 hours" shows what was bought.
 */
export function foldDenials<T extends Trace>(trace: T): T {
  const [denied] = trace.children
  if (trace.kind !== 'not' || denied === undefined)
    return { ...trace, children: trace.children.map(foldDenials) }
  const { seen, saw, missingConsent, children } = foldDenials(denied)
  return { ...trace, seen, saw, missingConsent, children }
}
