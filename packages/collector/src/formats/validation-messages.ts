/** Why something of a request would be refused; without an index the whole is meant. */
interface Refused {
  readonly index?: number
  readonly reason: string
  readonly message: string
}

// Source: Google, Measurement Protocol, validation codes. What is in none of them is a value that is not right.
const CODES: { readonly [reason: string]: string } = {
  name: 'NAME_INVALID',
  'unknown-event': 'NAME_INVALID',
  reserved: 'NAME_RESERVED',
  'missing-field': 'VALUE_REQUIRED',
}

/** Says in the words of GA4's validation what would be refused, each with its place, our reason and the cure. */
export function validationMessages(refused: readonly Refused[]): object {
  return {
    validationMessages: refused.map(({ index, reason, message }) => ({
      fieldPath: index === undefined ? 'events' : `events[${index}]`,
      description: `${reason}: ${message}`,
      validationCode: CODES[reason] ?? 'VALUE_INVALID',
    })),
  }
}
