import type { IncomingMessage } from 'node:http'

/** Reads at most so many bytes of a request's body; `undefined` when there are more. Rejects when it breaks off. */
export function readIncoming(incoming: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let bytes = 0
    incoming.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength
      if (bytes <= most) return void chunks.push(chunk)
      // Nobody waits for the rest: it runs into nothing, or ends with the connection.
      chunks.length = 0
      resolve(undefined)
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('[collector] The request broke off.')))
  })
}
