/** An error that names the source and the cure: `[storage] the file /srv/x.json is not there. Publish it.` */
export function trouble(name: string, what: string, cause?: unknown): Error {
  return new Error(`[storage] ${name} ${what}.`, cause === undefined ? {} : { cause })
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
