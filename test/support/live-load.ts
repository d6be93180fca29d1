import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { createSeededRandom } from './fault-random.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'
const CONSENTS = [
  ['preferences.statistics.statistics-anonymous', 60],
  ['preferences.statistics.statistics-anonymous.marketing', 25],
  ['statistics.statistics-anonymous', 15],
] as const
const ANSWERS = [
  ['preferences.statistics.statistics-anonymous.marketing', 52],
  ['preferences.statistics.statistics-anonymous', 14],
  ['statistics.statistics-anonymous', 6],
  ['none', 28],
] as const
const EVENTS = [
  ['page_view', 36],
  ['view_item', 24],
  ['user_engagement', 16],
  ['scroll', 14],
  ['view_item_list', 9],
  ['select_content', 4],
  ['add_to_cart', 3.2],
  ['view_cart', 2.2],
  ['begin_checkout', 1.1],
  ['purchase', 0.6],
  // What goes wrong on a real site: a misspelt name, a price that is text.
  ['view_itm', 0.9],
  ['add_to_cart!', 0.5],
] as const
// What a tracker sends of somebody who allowed to be counted and nothing else.
const COUNTED: readonly string[] = ['page_view', 'user_engagement', 'scroll', 'select_content']
const CATEGORIES = ['hiking', 'climbing', 'camping', 'running']

/** What a shop's visitors send. */
export interface LiveLoad {
  /** Stops it, and resolves when the last answer came. */
  stop(): Promise<void>
}

interface Shopper {
  readonly consent: string
  cookies: string
  batches: number
}

/** Sends about so many events a second, in the ups and downs of a shop: visitors come, look around in batches of one to five, and go. */
export function startLiveLoad(base: string, perSecond: number, seed = 7): LiveLoad {
  const random = createSeededRandom(seed)
  const shoppers: Shopper[] = []
  const underWay = new Set<Promise<unknown>>()
  let beats = 0
  let owed = 0
  const pick = <Value>(weighted: readonly (readonly [Value, number])[]): Value => {
    let at = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of weighted) {
      at -= weight
      if (at <= 0) return value
    }
    return weighted[0]![0]
  }
  const shopper = (): Shopper => {
    const places = Math.ceil(perSecond * 12)
    const at = Math.floor(random() * places)
    const known = shoppers[at]
    if (known !== undefined && known.batches < 40) return known
    const fresh = { consent: pick(CONSENTS), cookies: '', batches: 0 }
    shoppers[at] = fresh
    if (random() < 0.5) send(answerTo(base, pick(ANSWERS)))
    return fresh
  }
  const send = (sending: Promise<unknown>): void => {
    const done = sending.catch(() => {}).finally(() => underWay.delete(done))
    underWay.add(done)
  }
  const timer = setInterval(() => {
    beats++
    // A wave of two minutes, a smaller one of eleven seconds, and noise.
    const wave = 1 + 0.35 * Math.sin(beats / 190) + 0.12 * Math.sin(beats / 17)
    owed += (perSecond / 10) * wave * (0.6 + 0.8 * random())
    while (owed >= 1) {
      const count = 1 + Math.floor(random() * 5)
      owed -= count
      const isProgram = random() < 0.018
      const sender = shopper()
      const names = Array.from({ length: count }, () => pick(EVENTS)).filter(
        (name) => sender.consent.includes('preferences') || COUNTED.includes(name),
      )
      const events: unknown[] = names.map((name) => makeEvent(name, random))
      if (random() < 0.004) events.push('no event')
      if (events.length > 0) send(sendBatch(base, sender, events, isProgram))
    }
  }, 100)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}

function makeEvent(name: string, random: () => number): object {
  const properties: { [name: string]: unknown } = {
    item_id: `item-${Math.floor(random() * 400)}`,
    item_category: CATEGORIES[Math.floor(random() * CATEGORIES.length)],
  }
  if (name === 'page_view') properties.page_path = '/'
  if (name === 'add_to_cart!') properties.price = '129,00'
  return { id: randomUUID(), name: name.replace('!', ''), time: Date.now() - 300, properties }
}

async function sendBatch(base: string, shopper: Shopper, events: readonly unknown[], isProgram: boolean) {
  const body = JSON.stringify({ sent: Date.now(), utcOffset: 60, page: '/', events })
  const cookie = `attune_consent=${shopper.consent}${shopper.cookies}`
  const agent = isProgram ? 'Mozilla/5.0 (compatible; Googlebot/2.1)' : BROWSER
  const cookies = await post(`${base}/attune/collect`, body, { cookie, 'user-agent': agent })
  shopper.batches++
  if (shopper.cookies === '') shopper.cookies = cookies.map((one) => `; ${one}`).join('')
}

async function answerTo(base: string, consent: string): Promise<void> {
  const by = consent === 'none' ? 'refuse' : 'accept'
  const cookie = `attune_consent=${consent}`
  await post(`${base}/attune/consent`, JSON.stringify({ by, text: '2026-11' }), {
    cookie,
    'user-agent': BROWSER,
  })
}

/** Posts as a page does, and resolves to the cookies of the answer. `node:http`, for it keeps thousands of senders cheap. */
function post(
  url: string,
  body: string,
  headers: { readonly [name: string]: string },
): Promise<readonly string[]> {
  const { origin } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', headers: { ...headers, origin, 'content-type': 'application/json' } },
      (answer) => {
        answer.resume()
        answer.once('end', () =>
          resolve((answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]!)),
        )
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}
