import { expect, test } from 'vitest'
import { askedPlacementsOf } from '../../src/asked-placements.ts'
import { deliveryOf } from '../../src/delivery.ts'
import { createConversation, type Reply } from '../../src/live/conversation.ts'
import { cookiesToKeep, withPin } from '../../src/live/socket-cookies.ts'
import { peerOf } from '../../src/peer.ts'

const BASE = {
  url: 'https://shop.example/attune/socket',
  headers: { host: 'shop.example', origin: 'https://shop.example', 'user-agent': 'a browser' },
  cookies: '__Host-attune_visitor=v; __Host-attune_pin=p',
}
const HINTS = { 'sec-ch-ua-mobile': '?1' }
const bytes = (text: string): Uint8Array => Buffer.from(text)

function converse(answer: (request: Request) => Response) {
  const heard: Request[] = []
  const conversation = createConversation({
    base: BASE,
    peer: '192.0.2.1',
    read: (ticket) => (ticket === 'good' ? { hints: HINTS } : undefined),
    handle: async (request) => {
      heard.push(request)
      return answer(request)
    },
  })
  return { ...conversation, heard, say: (text: string): Promise<Reply> => conversation.hear(bytes(text)) }
}

async function greeted(answer: (request: Request) => Response) {
  const conversation = converse(answer)
  await conversation.say('{"ticket":"good"}')
  return conversation
}

test('a message is the request that its batch would have been', async () => {
  const { say, heard } = await greeted(() => Response.json({ accepted: 1 }))
  const head = {
    n: 1,
    consent: 'preferences',
    session: '1.2.3.4',
    page: 'https://shop.example/a',
    placements: ['x'],
  }
  await say(`${JSON.stringify(head)}\n{"events":[]}`)
  const request = heard[0]!
  expect([
    request.method,
    request.url,
    request.headers.get('Content-Type'),
    request.headers.has('x'),
  ]).toEqual(['POST', BASE.url, 'application/json', false])
  expect(Object.fromEntries(request.headers)).toEqual({
    ...BASE.headers,
    ...HINTS,
    'content-type': 'application/json',
    referer: 'https://shop.example/a',
    cookie: `${BASE.cookies}; attune_consent=preferences; attune_session=1.2.3.4`,
  })
  expect(await request.clone().json()).toEqual({ events: [] })
  expect([peerOf(request), askedPlacementsOf(request)]).toEqual([
    '192.0.2.1',
    { placements: ['x'], page: 'https://shop.example/a' },
  ])
})

test('a changed pin is the pin from then on, and any other cookie ends it', async () => {
  const set = (cookie: string) => () => Response.json({}, { headers: { 'set-cookie': cookie } })
  const pinned = await greeted(set('__Host-attune_pin=q; Path=/; HttpOnly; Secure'))
  expect(await pinned.say('{"n":1}\n{}')).not.toHaveProperty('ends')
  await pinned.say('{"n":2}\n{}')
  expect(pinned.heard[1]!.headers.get('cookie')).toBe('__Host-attune_visitor=v; __Host-attune_pin=q')
  const taken = await greeted(set('__Host-attune_pin=; Path=/; Max-Age=0'))
  await taken.say('{"n":1}\n{}')
  await taken.say('{"n":2}\n{}')
  expect(taken.heard[1]!.headers.get('cookie')).toBe('__Host-attune_visitor=v')
  const other = await greeted(set('__Host-attune_visitor=; Path=/; Max-Age=0'))
  expect(await other.say('{"n":1}\n{}')).toMatchObject({
    text: '{"n":1,"status":200,"answer":{}}',
    ends: 'cookies',
  })
})

test('status and wait are told, and whether the answer left is heard', async () => {
  const { say, heard } = await greeted(() =>
    Response.json({ error: 'rate' }, { status: 429, headers: { 'retry-after': '3' } }),
  )
  const { text, onLeft } = await say('{"n":5}\n{}')
  expect(text).toBe('{"n":5,"status":429,"after":3,"answer":{"error":"rate"}}')
  onLeft!(false)
  expect(await deliveryOf(heard[0]!)).toBe(false)
})

test.each([
  ['{"ticket":"bad"}', 'ticket'],
  ['{"ticket":7}', 'malformed'],
  ['{"n":1}\n{}', 'malformed'],
  ['', 'malformed'],
  ['{'.repeat(5_000), 'malformed'],
])('the first message %j ends it: %s', async (text, ends) => {
  const { say, isOpen, heard } = converse(() => Response.json({}))
  expect(await say(text)).toEqual({ ends })
  expect([isOpen(), heard]).toEqual([false, []])
})

test.each([
  '',
  '{}',
  '{"n":1}',
  '\n{}',
  '{"n":0}\n',
  '{"n":1,"placements":[7]}\n',
  `{"n":1,"x":"${'x'.repeat(5_000)}"}\n`,
])('the message %j ends it', async (text) => {
  const { say, heard } = await greeted(() => Response.json({}))
  expect([await say(text), heard]).toEqual([{ ends: 'malformed' }, []])
})

test('what would begin another cookie says nothing', async () => {
  const { say, heard } = await greeted(() => Response.json({}))
  await say('{"n":1,"consent":"preferences; attune_visitor=x","session":["1"],"page":"javascript:1"}\n{}')
  expect(heard[0]!.headers.get('cookie')).toBe(`${BASE.cookies}; attune_consent=; attune_session=`)
  expect(heard[0]!.headers.has('referer')).toBe(false)
})

test('of the cookies with which a socket began those are kept that are ours and out of reach of pages', () => {
  expect(cookiesToKeep(null)).toBe('')
  expect(cookiesToKeep(`a=${'x'.repeat(9_000)}`)).toBe('')
  expect(
    cookiesToKeep(
      '_ga=1; __Host-attune_visitor=v;attune_left=5; attune_consent=none; attune_session=1; xattune_pin=p',
    ),
  ).toBe('__Host-attune_visitor=v; attune_left=5')
  expect(withPin('', 'attune_pin=p; Path=/')).toBe('attune_pin=p')
})
