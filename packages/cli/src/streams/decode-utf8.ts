const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads bytes as strict UTF-8 (a byte-order mark is kept for the reader to refuse); `undefined` when they are not. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
