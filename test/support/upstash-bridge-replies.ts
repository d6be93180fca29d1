/** What a Redis answers in RESP 2: bulk strings as bytes, a status such as `OK` and an error told apart from them. */
export type Reply =
  | Buffer
  | number
  | null
  | { readonly status: string }
  | { readonly error: string }
  | readonly Reply[]

/** Reads a stream of replies, cut anywhere, and tells each when it is whole. */
export function createReplyReader(onReply: (reply: Reply) => void): (chunk: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0)
  return (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    let from = 0
    for (let read = readReply(waiting, from); read !== undefined; read = readReply(waiting, from)) {
      from = read.next
      onReply(read.reply)
    }
    waiting = waiting.subarray(from)
  }
}

/** Writes commands as a Redis reads them. */
export function writeCommands(commands: readonly (readonly string[])[]): Buffer {
  return Buffer.concat(
    commands.flatMap((words) => [
      Buffer.from(`*${words.length}\r\n`),
      ...words.map((word) => Buffer.from(`$${Buffer.byteLength(word)}\r\n${word}\r\n`)),
    ]),
  )
}

/** A reply, and where the next one begins. */
interface Read {
  readonly reply: Reply
  readonly next: number
}

function readReply(bytes: Buffer, from: number): Read | undefined {
  const end = bytes.indexOf('\r\n', from)
  if (end === -1) return undefined
  const kind = String.fromCharCode(bytes[from]!)
  const line = bytes.toString('utf8', from + 1, end)
  const next = end + 2
  if (kind === '+') return { reply: { status: line }, next }
  if (kind === '-') return { reply: { error: line }, next }
  const number = Number(line)
  if (kind === ':') return { reply: number, next }
  if (kind === '$') return readBulk(bytes, next, number)
  if (kind === '*') return readList(bytes, next, number)
  throw new Error(`A reply of a Redis begins with ${JSON.stringify(kind)}, which is not RESP 2.`)
}

function readBulk(bytes: Buffer, from: number, length: number): Read | undefined {
  if (length === -1) return { reply: null, next: from }
  const next = from + length + 2
  return bytes.length < next ? undefined : { reply: bytes.subarray(from, from + length), next }
}

function readList(bytes: Buffer, from: number, length: number): Read | undefined {
  if (length === -1) return { reply: null, next: from }
  const list: Reply[] = []
  let next = from
  while (list.length < length) {
    const read = readReply(bytes, next)
    if (read === undefined) return undefined
    list.push(read.reply)
    next = read.next
  }
  return { reply: list, next }
}
