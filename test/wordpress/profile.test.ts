import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  keenPersona,
  keenProfile,
  type Persona,
  paragraph,
  SECRET,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

interface Question {
  readonly path: string
  readonly signature: string
}

let site: WordPressSite
let collector: Server
let asked: Question[] = []
let answer: { readonly status: number; readonly body: string; readonly after: number }
// Somebody whose token is gone: only the collector knows them.
let persona: Persona

beforeAll(async () => {
  site = await startStage('6.5')
  const keen = keenPersona(site)
  persona = { ...keen, cookies: keen.cookies!.replace(/; attune_token=.*/, '') }
  collector = createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, signature: String(headers['attune-signature']) })
    setTimeout(() => response.writeHead(answer.status).end(answer.body), answer.after)
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as AddressInfo
  await site.php(
    `Attune\\save_settings( array( 'page_cache' => 'none', 'collector' => 'http://127.0.0.1:${port}/attune/collect' ) );`,
  )
  await addPost(site, {
    name: 'hero',
    content: adaptive(
      { placementId: 'hero' },
      variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
})
afterAll(async () => {
  collector?.closeAllConnections()
  collector?.close()
  await site?.stop()
})
beforeEach(() => {
  asked = []
})

const marks = async (of: Persona = persona): Promise<readonly string[]> =>
  allMarksOf(await (await site.fetch('/hero/', of)).text())

describe('a visitor whose token is missing', () => {
  test('is looked up in the collector, once a page, by somebody who shares the secret', async () => {
    answer = { status: 200, body: JSON.stringify(keenProfile()), after: 0 }
    const marksOnce = (): Promise<readonly string[]> => {
      asked = []
      return marks()
    }
    // A busy machine may not answer within the 25 ms that PHP waits.
    await expect.poll(marksOnce, { timeout: 30_000 }).toEqual(['MARK-KEEN'])
    const [question, ...more] = asked
    expect(more).toEqual([])
    expect(question!.path).toBe('/attune/collect/profile?visitor=keen-visitor-of-22-chr')
    const [, seconds, mac] = /^v1\.(\d+)\.([0-9a-f]{64})$/.exec(question!.signature)!
    const host = new URL(site.origin).host
    const text = `profile\n${seconds}\n${host}\nkeen-visitor-of-22-chr`
    expect(mac).toBe(createHmac('sha256', SECRET).update(text).digest('hex'))
  })

  test.each([
    ['knows nobody', { status: 404, body: '', after: 0 }],
    ['takes too long', { status: 200, body: JSON.stringify(keenProfile()), after: 2_000 }],
    ['fails', { status: 500, body: 'no', after: 0 }],
    ['answers nonsense', { status: 200, body: '{"version":1,"plan":7}', after: 0 }],
    ['answers no JSON', { status: 200, body: '<html>', after: 0 }],
    ['answers without end', { status: 200, body: `"${'x'.repeat(400_000)}"`, after: 0 }],
  ])('sees the default, soon, when the collector %s', async (_, given) => {
    answer = given
    const before = performance.now()
    expect(await marks()).toEqual(['MARK-DEFAULT'])
    expect(performance.now() - before).toBeLessThan(1_900)
  })

  test('is not looked up without consent', async () => {
    const { cookies } = persona
    expect(
      await marks({ ...persona, cookies: cookies!.replace('preferences.statistics', 'statistics') }),
    ).toEqual(['MARK-DEFAULT'])
    expect(asked).toEqual([])
  })
})

test('a visitor with a token is not looked up', async () => {
  expect(await marks(keenPersona(site))).toEqual(['MARK-KEEN'])
  expect(asked).toEqual([])
})

test('a forged visitor is nobody', async () => {
  const forged = persona.cookies!.replace(
    /attune_visitor=([^;]*)./,
    (text) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
  )
  expect(await marks({ ...persona, cookies: forged })).toEqual(['MARK-DEFAULT'])
  expect(asked).toEqual([])
})
