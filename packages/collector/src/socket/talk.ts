import type { WebSocket } from 'ws'

/** Why a socket ended before its page closed it. */
export type CutReason =
  | 'ticket'
  | 'malformed'
  | 'cookies'
  | 'binary'
  | 'too-large'
  | 'protocol'
  | 'slow'
  | 'silent'
  | 'stopping'

/** What is said at our end; `Conversation` of `live`. */
export interface Speaker {
  readonly isOpen: () => boolean
  readonly hear: (data: Uint8Array) => Promise<SpeakerReply>
  readonly putOff: (data: Uint8Array, seconds: number) => SpeakerReply
}

interface SpeakerReply {
  readonly text?: string
  readonly ends?: 'ticket' | 'malformed' | 'cookies'
  readonly onLeft?: (isWhole: boolean) => void
}

/** Refuses what could not be answered in time: a `Shedder` of `node`. */
export interface WorkGate {
  admits(): boolean
  begin(): void
  end(): void
}

/** How much one socket may take up. */
export interface TalkLimits {
  /** Milliseconds to show a ticket in. */
  readonly greeting: number
  /** Bytes of answers that its page has not read. */
  readonly unread: number
  /** Messages that wait for the one before; no more are read meanwhile. */
  readonly waiting: number
}

/** What happens around a socket. */
export interface TalkOptions {
  readonly limits: TalkLimits
  readonly shedder?: WorkGate | undefined
  /** Hears of each message that was put off because too much comes. */
  readonly onShed: () => void
  readonly onMessage: () => void
  /** Hears once why the socket ended; `undefined`: its page closed it, or went. */
  readonly onEnd: (reason: CutReason | undefined) => void
}

/** A socket that is being answered. */
export interface Talk {
  /** Ends a socket that was silent since the last look; asks the others for a sign of life. */
  look(): void
  /** Reads no more, answers what was read, and closes. */
  leave(): void
  /** Ends it at once, whatever is under way: nobody waits any longer. */
  end(): void
}

// Everybody at once would be too many again, seconds.
const SPREAD = 10
// RFC 6455, section 7.4.1; from 4000 on they are ours. Without one the connection is ended, since nobody would read it.
const CODES: { readonly [reason in CutReason]?: number } = {
  ticket: 1008,
  malformed: 1008,
  binary: 1003,
  cookies: 4001,
  stopping: 1001,
}

/** Answers the messages of a socket, one after another. */
export function followSocket(socket: WebSocket, speaker: Speaker, options: TalkOptions): Talk {
  const { limits, shedder, onShed, onMessage, onEnd } = options
  const waiting: Uint8Array[] = []
  let isBusy = false
  let isAlive = true
  let isLeaving = false
  let ended: CutReason | undefined

  const cut = (reason: CutReason): void => {
    if (ended !== undefined) return
    ended = reason
    waiting.length = 0
    const code = CODES[reason]
    // What may still come is read, or the page's own goodbye would never be.
    socket.resume()
    if (code === undefined) socket.terminate()
    else socket.close(code, reason)
  }

  const ask = async (data: Uint8Array): Promise<SpeakerReply> => {
    if (!speaker.isOpen()) return speaker.hear(data)
    if (shedder?.admits() === false) {
      onShed()
      return speaker.putOff(data, 1 + Math.floor(Math.random() * SPREAD))
    }
    shedder?.begin()
    try {
      return await speaker.hear(data)
    } finally {
      shedder?.end()
    }
  }

  const work = async (): Promise<void> => {
    isBusy = true
    for (let data = waiting.shift(); data !== undefined; data = waiting.shift()) {
      const { text, ends, onLeft } = await ask(data)
      if (text === undefined || socket.readyState !== socket.OPEN) onLeft?.(false)
      else socket.send(text, (error) => onLeft?.(!error))
      if (ends !== undefined) cut(ends)
      if (socket.bufferedAmount > limits.unread) cut('slow')
      if (socket.isPaused && !isLeaving && waiting.length === 0) socket.resume()
    }
    isBusy = false
    if (isLeaving) cut('stopping')
  }

  const greeting = setTimeout(() => {
    if (!speaker.isOpen()) cut('ticket')
  }, limits.greeting)
  greeting.unref()

  socket.on('message', (data, isBinary) => {
    isAlive = true
    if (ended !== undefined || isLeaving) return
    onMessage()
    // A server socket gives each message as one buffer unless it is told otherwise.
    if (isBinary || !(data instanceof Uint8Array)) return cut('binary')
    waiting.push(data)
    if (waiting.length >= limits.waiting) socket.pause()
    if (!isBusy) void work()
  })
  socket.on('pong', () => {
    isAlive = true
  })
  // The socket closes itself; without a listener the process would end with it.
  socket.on('error', (error) => {
    ended ??= 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'too-large' : 'protocol'
  })
  socket.once('close', () => {
    clearTimeout(greeting)
    waiting.length = 0
    onEnd(ended)
  })

  return {
    look: () => {
      if (!isAlive) return cut('silent')
      isAlive = false
      socket.ping()
    },
    leave: () => {
      isLeaving = true
      if (!isBusy) cut('stopping')
    },
    end: () => {
      cut('stopping')
      socket.terminate()
    },
  }
}
