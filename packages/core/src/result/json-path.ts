const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/

// Whoever reads a path wants the place, not a key of 60 KB in each of a thousand paths.
const MAX_KEY = 64

/** Extends a JSON path by an object key (`$.segments["high-intent"]`) or a list index (`$.all[0]`). */
export function jsonPath(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  const key = step.length > MAX_KEY ? `${step.slice(0, MAX_KEY)}…` : step
  return PLAIN_KEY.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}
