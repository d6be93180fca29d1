/** Bytes that nobody can foretell. */
export function chanceBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}
