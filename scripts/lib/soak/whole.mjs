import { Trouble } from '../trouble.mjs'

/** Reads a whole number above 0 that was given as an option. @throws Trouble with an example. */
export function whole(name, given, otherwise) {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (Number.isInteger(value) && value > 0) return value
  throw new Trouble(`--${name} ${given} is no whole number above 0.`, {
    cure: `For example --${name} ${otherwise}.`,
  })
}
