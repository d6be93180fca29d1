import { quickReadOf } from '../quick-read.ts'
import type { RequestRefusal } from './refuse-request.ts'

/** The most bytes of a body. */
export const MAX_BODY_BYTES: number = 64 * 1024

const TOO_LARGE: RequestRefusal = {
  status: 413,
  error: 'body-too-large',
  message: `A batch has at most ${MAX_BODY_BYTES} bytes. Send fewer events at once.`,
}
const NOT_TEXT: RequestRefusal = {
  status: 400,
  error: 'not-utf-8',
  message: 'The body is not whole UTF-8 text. Send it again.',
}

/** A body's text, or why it is refused. */
export type Body = { readonly text: string } | { readonly refusal: RequestRefusal }

/** Reads a body as text; it is counted while it comes, since `Content-Length` is only what the sender says. */
export async function readBody(request: Pick<Request, 'headers' | 'body'>): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return { refusal: TOO_LARGE }
  try {
    const quickRead = quickReadOf(request)
    const bytes = await (quickRead === undefined ? readStream(request.body) : quickRead(MAX_BODY_BYTES))
    if (bytes === undefined) return { refusal: TOO_LARGE }
    // A byte-order mark is left in place for the JSON reader to refuse.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    // Broken off by the sender, or bytes that are no text.
    return { refusal: NOT_TEXT }
  }
}

async function readStream(body: Request['body']): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (const reader = body?.getReader(); reader !== undefined; ) {
    const { value } = await reader.read()
    if (value === undefined) break
    bytes += value.byteLength
    if (bytes > MAX_BODY_BYTES) {
      // Nobody waits for the rest.
      reader.cancel().catch(() => {})
      return undefined
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
