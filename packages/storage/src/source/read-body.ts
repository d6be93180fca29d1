/** The most bytes of a ruleset: a document may have 512 KiB, and is inside what was made of it. */
export const MAX_RULESET_BYTES: number = 4 * 1024 * 1024

/** The body of an answer, at most 4 MiB. @throws when it has more. */
export async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.length
    if (length > MAX_RULESET_BYTES) {
      await reader?.cancel()
      throw new Error(`it has more than ${MAX_RULESET_BYTES} bytes`)
    }
    chunks.push(next.value)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

/** Bytes as text. @throws when they are no UTF-8. */
export function toText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}
