import { beforeEach, expect, test } from 'vitest'
import { followLive } from '../../src/live/follow-live.ts'
import type { Flush, PageView } from '../../src/observe/observer.ts'
import { endScope, type Scope } from '../../src/scope.ts'
import { makePage, type Page } from '../support/make-page.ts'
import { FakeSocket } from './fake-socket.ts'

const LIVE = '<i data-attune-live data-attune-placement="offer"></i>'
const BATCH = '{"sent":1,"events":[]}'

let page: Page
let view: PageView
let isOpen: boolean
let decided: unknown[]
/** What the address of the socket is asked, and answers. */
let renewals: unknown[]
let renewed: () => Response
let collected: number
let flushed: number

beforeEach(() => {
  FakeSocket.made = []
  isOpen = true
  decided = []
  renewals = []
  collected = 0
  renewed = () => Response.json({ ticket: 't' })
})

async function follow(html = LIVE): Promise<FakeSocket | undefined> {
  page = makePage('https://shop.test/product/tent?size=2#top')
  const { window, environment } = page
  window.document.body.innerHTML = html
  window.document.cookie = 'attune_consent=preferences.statistics; Path=/'
  window.document.cookie = 'attune_session=1.2.3.4; Path=/'
  Object.defineProperty(window, 'WebSocket', { configurable: true, value: FakeSocket })
  Object.defineProperty(window, 'Response', { configurable: true, value: Response })
  window.document.addEventListener('attune:decided', (event) => decided.push((event as CustomEvent).detail))
  page.answer = ({ url, body }) => {
    if (url.endsWith('/socket')) {
      renewals.push(body)
      return renewed()
    }
    collected++
    return Response.json({ accepted: 1 })
  }
  const scope: Scope = []
  flushed = 0
  const flush: Flush = () => {
    flushed++
  }
  // What a live page does not look at is left out.
  view = { ...environment, document: window.document, scope, flush, isOpen: () => isOpen } as PageView
  followLive(view)
  await page.settle()
  const [socket] = FakeSocket.made
  return socket
}

async function greet(): Promise<FakeSocket> {
  const socket = await follow()
  socket!.onopen?.()
  socket!.tell({ n: 0, status: 200 })
  return socket!
}

function post(body = BATCH, changes: RequestInit = {}): Promise<Response> {
  return view.flush.via!('/attune/collect', { method: 'POST', body, keepalive: true, ...changes })
}

test('it asks for a ticket and shows it first', async () => {
  const socket = await greet()
  expect(socket.url).toBe('wss://shop.test/attune/socket')
  expect(socket.sent).toEqual(['{"ticket":"t"}'])
  expect(renewals).toEqual([
    {
      page: 'https://shop.test/product/tent?size=2',
      placements: ['offer'],
      utcOffset: expect.any(Number),
    },
  ])
})

test('a batch goes up with the cookies of now, and what it changed is announced before its sender goes on', async () => {
  const socket = await greet()
  page.window.document.cookie = 'attune_session=1.3.3.9; Path=/'
  const answered = post()
  const [head = '', batch] = socket.sent[1]!.split('\n')
  expect(JSON.parse(head)).toEqual({
    n: 1,
    consent: 'preferences.statistics',
    session: '1.3.3.9',
    page: 'https://shop.test/product/tent?size=2',
    placements: ['offer'],
  })
  expect(batch).toBe(BATCH)
  const answer = { accepted: 1, changed: ['offer'], decisions: { offer: 'ten' }, upTo: '7.a' }
  socket.tell({ n: 1, status: 200, answer })
  const response = await answered
  expect([response.status, await response.json()]).toEqual([200, answer])
  expect(decided).toEqual([{ decisions: { offer: 'ten' } }])
  // By the next page the cookies say so as well.
  expect(renewals[1]).toEqual({ changed: ['offer'], upTo: '7.a', utcOffset: expect.any(Number) })
  expect(collected).toBe(0)
})

test('what was decided before its socket was there is heard with the ticket', async () => {
  renewed = () => Response.json({ ticket: 't', decisions: { offer: 'ten' } })
  await follow()
  expect(decided).toEqual([{ decisions: { offer: 'ten' } }])
})

test('what went by fetch while the socket was opened is heard of once it is open, before more goes up', async () => {
  const socket = await follow()
  await post()
  expect([collected, renewals]).toEqual([1, [expect.anything()]])
  renewed = () => Response.json({ ticket: 't', decisions: { offer: 'ten' } })
  socket!.onopen?.()
  socket!.tell({ n: 0, status: 200 })
  expect(flushed).toBe(0)
  await page.settle()
  expect(decided).toEqual([{ decisions: { offer: 'ten' } }])
  expect(flushed).toBe(1)
})

test('what is decided for whoever has withdrawn meanwhile is not shown', async () => {
  renewed = () => Response.json({ ticket: 't', decisions: { offer: 'ten' } })
  const following = follow()
  endScope(view.scope)
  await following
  expect(decided).toEqual([])
})

test('what changed nothing costs no request', async () => {
  const socket = await greet()
  const answered = post()
  socket.tell({ n: 1, status: 200, answer: { accepted: 1 } })
  expect((await answered).status).toBe(200)
  expect(renewals).toHaveLength(1)
  expect(decided).toEqual([])
})

test('a server that has too much to do is heard as by fetch', async () => {
  const socket = await greet()
  const answered = post()
  socket.tell({ n: 1, status: 503, after: 7, answer: {} })
  const { status, headers } = await answered
  expect([status, headers.get('retry-after')]).toEqual([503, '7'])
})

test.each([
  ['the socket breaks', (socket: FakeSocket) => socket.close()],
  ['no answer comes for five seconds', () => page.advance(5_000)],
  [
    'the answer is of another message',
    (socket: FakeSocket) => {
      socket.tell({ n: 9, status: 200, answer: {} })
      return page.advance(5_000)
    },
  ],
])('when %s the same batch goes by fetch', async (_, happen) => {
  const socket = await greet()
  const answered = post()
  await happen(socket)
  expect((await answered).status).toBe(200)
  expect(collected).toBe(1)
  expect(page.sent.filter(({ url }) => url.endsWith('/collect'))).toMatchObject([{ body: JSON.parse(BATCH) }])
  expect(socket.isClosed).toBe(true)
})

test('when the cookies cannot be renewed the batch goes again by fetch, whose answer sets them', async () => {
  const socket = await greet()
  renewed = () => new Response(null, { status: 503 })
  const answered = post()
  socket.tell({ n: 1, status: 200, answer: { decisions: {} } })
  await answered
  expect(collected).toBe(1)
})

test('what a page may not send after its end is too large for a message', async () => {
  const socket = await greet()
  await post(BATCH, { keepalive: false })
  expect([collected, socket.sent.length]).toEqual([1, 1])
})

test('a withdrawal closes the socket at once, and what was on its way is not sent again', async () => {
  const socket = await greet()
  const request = new AbortController()
  page.answer = ({ init }) => {
    if (init.signal?.aborted) throw new DOMException('Aborted', 'AbortError')
    collected++
    return Response.json({})
  }
  const answered = post(BATCH, { signal: request.signal })
  isOpen = false
  request.abort()
  endScope(view.scope)
  await expect(answered).rejects.toThrow('Aborted')
  expect([socket.isClosed, collected, view.flush.via]).toEqual([true, 0, undefined])
})

test.each([
  ['another first one', '1.2.3.4', '1.1.9.9'],
  ['one of who counted further meanwhile', '1.2.3.4', '2.1.9.9'],
])('a session that is not the line’s ends it: %s', async (_, before, after) => {
  const socket = await follow()
  page.window.document.cookie = `attune_session=${before}; Path=/`
  socket!.tell({ n: 0, status: 200 })
  page.window.document.cookie = `attune_session=${after}; Path=/`
  await post()
  expect([collected, socket!.isClosed, socket!.sent]).toEqual([1, true, []])
  await page.settle()
  expect(FakeSocket.made).toHaveLength(2)
})

test.each(['1.1.5.6', undefined])(
  'who signs out goes on by fetch, and as somebody else: session %s',
  async (said) => {
    const socket = await follow()
    page.window.document.cookie = 'attune_session=3.1.2.3; Path=/'
    socket!.tell({ n: 0, status: 200 })
    page.window.document.cookie = `attune_session=${said ?? ''}; Path=/${said ? '' : '; Max-Age=-1'}`
    await post()
    expect([collected, socket!.isClosed, socket!.sent]).toEqual([1, true, []])
    await page.settle()
    expect(FakeSocket.made).toHaveLength(2)
  },
)

test('a page out of view has no socket, and gets one when it is back', async () => {
  const socket = await greet()
  page.hide()
  expect(socket.isClosed).toBe(true)
  page.show()
  await page.settle()
  expect(FakeSocket.made).toHaveLength(2)
})

test('without a visitor there is no socket; it is tried again after a batch, later each time', async () => {
  renewed = () => Response.json({})
  await follow()
  expect(FakeSocket.made).toHaveLength(0)
  // At once, then after half of one second, then of three.
  for (const [wait, asked] of [
    [1, 2],
    [400, 2],
    [200, 3],
    [1_400, 3],
    [200, 4],
  ] as const) {
    await page.advance(wait)
    await post()
    await page.settle()
    expect(renewals).toHaveLength(asked)
  }
  renewed = () => Response.json({ ticket: 't' })
  await page.advance(10_000)
  await post()
  await page.settle()
  expect(FakeSocket.made).toHaveLength(1)
})

test('what happens does not wait for company while there is a socket', async () => {
  const socket = await greet()
  await page.advance(3_000)
  expect(flushed).toBe(11)
  socket.close()
  await page.advance(3_000)
  expect(flushed).toBe(11)
})

test('a server without sockets costs nothing but the question', async () => {
  renewed = () => new Response('Not found', { status: 404 })
  await follow()
  expect((await post()).status).toBe(200)
  expect([FakeSocket.made.length, collected]).toEqual([0, 1])
})

test('the placement names another address', async () => {
  const socket = await follow(LIVE.replace('data-attune-live', 'data-attune-live="/live/line"'))
  expect(socket).toBeUndefined()
  expect(page.sent[0]!.url).toBe('https://shop.test/live/line')
})
