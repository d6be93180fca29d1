const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Extends a JSON path by an object key (`$.segments["high-intent"]`) or a list index (`$.all[0]`). */
export function jsonPath(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  return PLAIN_KEY.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`
}
