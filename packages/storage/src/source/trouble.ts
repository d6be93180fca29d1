/** An error that names the source and the cure: `[storage] the file /srv/x.json is not there. Publish it.` */
export function trouble(name: string, what: string, cause?: unknown): Error {
  return new Error(`[storage] ${name} ${what}.`, cause === undefined ? {} : { cause })
}

/** The message of whatever was thrown, with the code of its cause: of a fetch that failed it alone says why. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  // Only the code: messages of some platforms hold the address with all that is in it.
  const isCoded = typeof cause === 'object' && cause !== null && 'code' in cause
  return isCoded && typeof cause.code === 'string' ? `${error.message} (${cause.code})` : error.message
}
