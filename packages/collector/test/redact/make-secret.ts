import { BASE62, DIGITS, HEX, type Random } from './random.ts'

/** A secret, and a text of a visitor's or a site's that holds it. */
export interface MadeSecret {
  readonly kind: string
  /** What must not be left. */
  readonly secret: string
  readonly text: string
}

const NAMES = [
  'jane',
  'm.bauer',
  'o.neill',
  'søren',
  'li-wei',
  'jose_maria',
  'anna+shop',
  'k2',
  'Zoë',
  'A.B.C',
]
const HOSTS = [
  'example.com',
  'mail.example.co.uk',
  'firma.example.de',
  'uni-x.ac.at',
  'gmail.com',
  'bücher.example',
]

const MAKERS: { readonly [kind: string]: (random: Random) => string } = {
  email: ({ pick, whole }) => `${pick(NAMES)}${pick(['', whole(1, 99)])}@${pick(HOSTS)}`,
  'encoded email': ({ pick }) => `${pick(['jane', 'm.bauer', 'k2'])}%40${pick(['example.com', 'gmail.com'])}`,
  'international phone': (random) => {
    const { pick, whole, text } = random
    const country = pick(['1', '33', '34', '41', '44', '48', '49', '61', '86', '353', '971'])
    const sign = pick([' ', '-', '.', ''])
    const area = pick([`${whole(2, 9)}${text(1, DIGITS)}`, `${whole(2, 9)}${text(2, DIGITS)}`])
    const rest = [text(3, DIGITS), text(pick([3, 4]), DIGITS)]
    const start = pick([`+${country}`, `00${country}`])
    const trunk = sign === ' ' ? pick(['', '(0) ']) : ''
    return `${start}${sign}${trunk}${area}${sign}${rest.join(sign)}`
  },
  'national phone': ({ pick, whole, text }) =>
    pick([
      () => `0${whole(20, 29)} ${text(4, DIGITS)} ${text(4, DIGITS)}`,
      () => `0${whole(100, 999)}/${text(7, DIGITS)}`,
      () => `0${whole(30, 89)}-${text(8, DIGITS)}`,
      () => `(0${whole(20, 999)}) ${text(3, DIGITS)} ${text(4, DIGITS)}`,
      () => `0${whole(1, 7)} ${text(2, DIGITS)} ${text(2, DIGITS)} ${text(2, DIGITS)} ${text(2, DIGITS)}`,
      () => `0${whole(1, 7)}.${[1, 2, 3, 4].map(() => text(2, DIGITS)).join('.')}`,
      () => `07${text(9, DIGITS)}`,
      () => `06${text(8, DIGITS)}`,
      () => `01${whole(5, 7)}${whole(0, 9)} ${text(8, DIGITS)}`,
      () => `01${whole(51, 79)}${text(8, DIGITS)}`,
    ])(),
  'American phone': ({ pick, whole, text }) => {
    const [area, exchange, line] = [`${whole(201, 989)}`, `${whole(200, 999)}`, text(4, DIGITS)]
    const sign = pick(['-', '.', ' '])
    return pick([`(${area}) ${exchange}-${line}`, [area, exchange, line].join(sign)])
  },
  card: (random) => {
    const { pick, text } = random
    const [start, length] = pick([
      ['4', 16],
      ['51', 16],
      ['55', 16],
      ['2221', 16],
      ['2720', 16],
      ['34', 15],
      ['37', 15],
      ['6011', 16],
      ['65', 16],
      ['36', 14],
      ['3530', 16],
      ['62', 16],
    ] as const)
    const digits = withLuhn(`${start}${text(length - start.length - 1, DIGITS)}`)
    const sign = pick(['', ' ', '-'])
    return sign === '' ? digits : grouped(digits).join(sign)
  },
  jwt: ({ text, whole }) => {
    const part = (json: string): string => Buffer.from(json).toString('base64url')
    const claims = part(`{"sub":"${text(8, DIGITS)}","iat":${whole(1e9, 2e9)}}`)
    return `${part('{"alg":"HS256","typ":"JWT"}')}.${claims}.${text(43, `${BASE62}-_`)}`
  },
  'long hex': ({ pick, text }) => text(pick([32, 40, 64, 128]), pick([HEX, HEX.toUpperCase()])),
  'known key': ({ pick, text }) =>
    pick([
      () => `sk_live_${text(24, BASE62)}`,
      () => `pk_test_${text(24, BASE62)}`,
      () => `ghp_${text(36, BASE62)}`,
      () => `xoxb-${text(12, DIGITS)}-${text(24, BASE62)}`,
      () => `AKIA${text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
      () => `AIza${text(35, `${BASE62}-_`)}`,
      () => `glpat-${text(20, BASE62)}`,
      () => `npm_${text(36, BASE62)}`,
    ])(),
  'random key': ({ pick, text }) => text(pick([32, 40, 43, 64]), BASE62),
}

// What is told by the name before it: value and text.
const ASSIGNED = ['password', 'token', 'api_key', 'apikey', 'secret', 'access_token', 'pwd', 'client_secret']

/** One secret of a kind by turns, in a text such as properties hold. */
export function makeSecret(random: Random, index: number): MadeSecret {
  const kinds = [...Object.keys(MAKERS), 'assigned', 'in a query']
  const kind = kinds[index % kinds.length]!
  if (kind === 'assigned') {
    const secret = random.text(random.whole(6, 20), `${BASE62}!$%`)
    return { kind, secret, text: `${random.pick(ASSIGNED)}=${secret}` }
  }
  if (kind === 'in a query') {
    const secret = random.text(random.whole(5, 12), BASE62)
    const name = random.pick(['q', 'code', 'uid', 'ref', 'gclid', 'reset'])
    const start = random.pick(['https://shop.example/a/b', '/account/reset', 'https://shop.example'])
    return { kind, secret, text: `${start}?${random.pick(['', 'utm_source=news&'])}${name}=${secret}#top` }
  }
  const secret = MAKERS[kind]!(random)
  return { kind, secret, text: placeIn(random, secret) }
}

function placeIn({ pick }: Random, secret: string): string {
  return pick([
    secret,
    `call me: ${secret}`,
    `${secret}, please`,
    `my ${secret} is this one`,
    `("${secret}")`,
    `kontakt ${secret}; danke`,
    `boots size 42 ${secret}`,
  ])
}

function grouped(digits: string): readonly string[] {
  const lengths = digits.length === 15 ? [4, 6, 5] : digits.length === 14 ? [4, 6, 4] : [4, 4, 4, 4]
  let from = 0
  return lengths.map((length) => {
    from += length
    return digits.slice(from - length, from)
  })
}

function withLuhn(start: string): string {
  let sum = 0
  for (let at = 0; at < start.length; at++) {
    const digit = Number(start[start.length - 1 - at])
    sum += at % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return `${start}${(10 - (sum % 10)) % 10}`
}
