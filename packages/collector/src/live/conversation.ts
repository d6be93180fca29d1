import { noteAskedPlacements } from '../asked-placements.ts'
import { noteDelivery } from '../delivery.ts'
import { notePeer } from '../peer.ts'
import { answerOf, plainOf } from '../plain-answer.ts'
import { noteQuickRead } from '../quick-read.ts'
import { parseBatchFrame, parseHello } from './frame.ts'
import { createFrameRequest, type FrameBase } from './frame-request.ts'
import { isPin, withPin } from './socket-cookies.ts'
import type { Ticket } from './ticket.ts'

/** Why a conversation ends: it was no conversation of ours, or its page has to go on by HTTP. */
export type Ending = 'ticket' | 'malformed' | 'cookies'

/** What is to be done after a message: say something, end it, or both in this order. */
export interface Reply {
  readonly text?: string
  readonly ends?: Ending
  /** Wants to hear whether the text left whole. */
  readonly onLeft?: (isWhole: boolean) => void
}

/** What is said over one socket. Messages are to be handed over one after another. */
export interface Conversation {
  /** Whether its page has shown its ticket. */
  readonly isOpen: () => boolean
  /** Takes a message. Never rejects. */
  readonly hear: (data: Uint8Array) => Promise<Reply>
  /** Puts a message off for so many seconds: its page sends the batch again. */
  readonly putOff: (data: Uint8Array, seconds: number) => Reply
}

/** What a conversation stands on. */
export interface ConversationParts {
  readonly base: FrameBase
  /** The address of the connection. */
  readonly peer: string | undefined
  /** What stands in a ticket that is this socket's visitor's and still good; else `undefined`. */
  readonly read: (ticket: string) => Pick<Ticket, 'hints'> | undefined
  /** Answers a batch, as it is answered by HTTP. */
  readonly handle: (request: Request) => Promise<Response>
}

const WELCOME: Reply = { text: '{"n":0,"status":200}' }

/** Begins a conversation: a ticket first, batches after it, each answered under its number as it would be by HTTP. */
export function createConversation({ base, peer, read, handle }: ConversationParts): Conversation {
  let isOpen = false
  let now = base

  const greet = (data: Uint8Array): Reply => {
    const hello = parseHello(data)
    if (hello === undefined) return { ends: 'malformed' }
    const ticket = read(hello.ticket)
    if (ticket === undefined) return { ends: 'ticket' }
    now = { ...now, headers: { ...now.headers, ...ticket.hints } }
    isOpen = true
    return WELCOME
  }

  const answer = async (data: Uint8Array): Promise<Reply> => {
    const frame = parseBatchFrame(data)
    if (frame === undefined) return { ends: 'malformed' }
    const request = createFrameRequest(now, frame)
    notePeer(request, peer)
    noteQuickRead(request, async (most) => (frame.body.length > most ? undefined : frame.body))
    noteAskedPlacements(request, { placements: frame.placements, page: frame.page })
    let onLeft: (isWhole: boolean) => void = () => {}
    const left = new Promise<boolean>((resolve) => {
      onLeft = resolve
    })
    noteDelivery(request, left)
    const response = await handle(request)
    const { status, told } = answerOf(response)
    const { headers, text } = plainOf(response) ?? (await readPlain(response))
    const cookies = headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value] : []))
    const pin = cookies.find(isPin)
    if (pin !== undefined) now = { ...now, cookies: withPin(now.cookies, pin) }
    const after = headers.find(([name]) => name === 'retry-after')?.[1]
    const wait = after === undefined ? '' : `"after":${Number(after) || 1},`
    const said = `{"n":${frame.n},"status":${status},${wait}"answer":${text || '{}'}}`
    // Whose cookies change is somebody else from now on, or nobody; a socket cannot set them.
    const isOver = (told !== undefined && 'ends' in told) || cookies.some((cookie) => !isPin(cookie))
    return isOver ? { text: said, ends: 'cookies', onLeft } : { text: said, onLeft }
  }

  return {
    isOpen: () => isOpen,
    hear: async (data) => (isOpen ? answer(data) : greet(data)),
    putOff: (data, seconds) => {
      const frame = isOpen ? parseBatchFrame(data) : undefined
      if (frame === undefined) return { ends: 'malformed' }
      const told = '{"accepted":0,"duplicates":0,"rejected":[],"error":"shed"}'
      return { text: `{"n":${frame.n},"status":503,"after":${seconds},"answer":${told}}` }
    },
  }
}

async function readPlain(response: Response) {
  return { headers: [...response.headers], text: await response.text() }
}
