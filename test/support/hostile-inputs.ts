import { junk, junkText } from '../../packages/core/test/hostile/junk.ts'
import { spoil } from '../../packages/core/test/hostile/spoil.ts'
import type { Random } from '../../packages/core/test/oracle/random.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'

/** A batch as somebody might send it: sound once, and spoilt as a value, as text or as bytes. */
export function hostileBody(random: Random, now: number): Buffer {
  const batch = {
    sent: now,
    utcOffset: 60,
    page: '/product/tent',
    events: Array.from({ length: 1 + random.below(3) }, () => ({
      id: `h${random.below(1e9).toString(36)}`,
      name: random.pick(['view_item', 'page_view', 'exposure', 'nothing']),
      time: now - random.below(1e6),
      properties: { item_id: 'tent', item_category: 'camping', price: 9.5, placement: 'offer' },
    })),
  }
  const value = random.chance(0.1) ? junk(random, 5) : spoil(random, batch)
  const text = JSON.stringify(value) ?? 'undefined'
  return random.pick([
    () => Buffer.from(text),
    () => Buffer.from(text.slice(0, random.below(text.length + 1))),
    () => Buffer.from(text.replace(/[{[,:"]/g, (sign) => (random.chance(0.05) ? junkText(random) : sign))),
    () => Buffer.from(`${'['.repeat(random.below(5_000))}${text}`),
    () => flip(random, Buffer.from(text)),
    () => Buffer.from(text.padEnd(random.pick([65_535, 65_536, 65_537, 70_000]), random.pick([' ', 'x']))),
  ])()
}

/** Headers as somebody might send them; those that HTTP itself would refuse are left out. */
export function hostileHeaders(random: Random, sound: Record<string, string>): Record<string, string> {
  const value = () => {
    const text = random.pick([
      junkText(random),
      'x'.repeat(random.below(9_000)),
      '%00;=,"\\',
      sound.cookie ?? '',
    ])
    return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
  }
  const names = [
    'cookie',
    'origin',
    'content-type',
    'user-agent',
    'referer',
    'sec-gpc',
    'dnt',
    'x-forwarded-for',
  ]
  const spoilt = random.chance(0.5) ? [] : random.some([...names, 'x-forwarded-proto', 'attune-ask'])
  const all = {
    'user-agent': BROWSER,
    ...sound,
    ...Object.fromEntries(spoilt.map((name) => [name, value()])),
  }
  // More than 16 kB of them Node refuses by itself.
  return Object.values(all).join('').length > 12_000 ? { 'user-agent': BROWSER, ...sound } : all
}

/** A query as somebody might ask a pixel with. */
export function hostileQuery(random: Random): string {
  const pairs = Array.from({ length: random.below(5) }, () =>
    [random.pick(['e', 'm', 'p', junkText(random)]), random.chance(0.3) ? 'page_view' : junkText(random)]
      .map((part) =>
        random.chance(0.9) ? encodeURIComponent(part.toWellFormed()) : part.replace(/[^!-~]/g, ''),
      )
      .join('='),
  )
  return pairs.join('&').replaceAll('#', '')
}

/** The head of a message as somebody might write it. */
export interface HostileHead {
  readonly text: string
  /** Whether the server has to answer under its number. */
  readonly isSound: boolean
  /** Whether its visitor may be known; if not, the answer is the last. */
  readonly isKnown: boolean
}

/** Writes the head of message `n`. */
export function hostileHead(random: Random, n: number): HostileHead {
  const head = {
    n,
    consent: 'preferences.statistics',
    session: '1.2.3.4',
    page: 'https://shop.example/product',
    placements: ['offer'],
  }
  const isSound = random.chance(0.97)
  if (!isSound) {
    const broken = { ...head, n: random.pick<unknown>([0, -1, 1.5, '1', null, {}, [], 2 ** 60]) }
    return {
      text: random.pick([JSON.stringify(broken), junkText(random).replaceAll('\n', ''), '', '{']),
      isSound,
      isKnown: false,
    }
  }
  const spoilt: Record<string, unknown> = {
    ...head,
    consent: random.pick<unknown>(['preferences', 'none', junkText(random), junk(random), undefined]),
    session: random.pick<unknown>(['1.2.3.4', junkText(random), junk(random), undefined]),
    page: random.pick<unknown>([head.page, junkText(random), 7, undefined]),
    placements: random.pick<unknown>([[], ['offer', '__proto__', 'constructor'], undefined]),
    [junkText(random)]: 1,
    n,
  }
  // Most go on, or there would be hardly a socket with two messages.
  if (random.chance(0.95)) spoilt.consent = head.consent
  const isKnown = spoilt.consent === head.consent || spoilt.consent === 'preferences'
  return { text: JSON.stringify(spoilt), isSound, isKnown }
}

/** What is no message at all: bytes that break the rules of WebSocket itself. */
export function hostileFrame(random: Random): Buffer {
  return random.pick([
    () => Buffer.from([0x81, 0x05, 1, 2, 3, 4, 5]),
    () => Buffer.from([0xf1, 0x80, 0, 0, 0, 0]),
    () => Buffer.from([0x83 + random.below(5), 0x80, 0, 0, 0, 0]),
    () => Buffer.from([0x80, 0x80, 0, 0, 0, 0]),
    () => Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]),
    () => Buffer.from([0x09, 0x80, 0, 0, 0, 0]),
    () => Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
    () => Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    () => Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]),
    () => Buffer.from([0x82, 0x81, 0, 0, 0, 0, 1]),
    () => Buffer.from([0x88, 0x81, 0, 0, 0, 0, 1]),
    () => Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed]),
    () => Buffer.from(Array.from({ length: 200 }, () => [0x01, 0x80, 0, 0, 0, 0]).flat()),
    () => Buffer.from(Array.from({ length: 20 + random.below(80) }, () => 0x90 + random.below(100))),
  ])()
}

function flip(random: Random, bytes: Buffer): Buffer {
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left--) {
    const at = random.below(bytes.length)
    bytes[at] = bytes[at]! ^ (1 << random.below(8))
  }
  return bytes
}
