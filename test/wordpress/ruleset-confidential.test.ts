import { createHmac } from 'node:crypto'
import type { PublishedRuleset, Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText, publishedJson, publishOn } from '../support/wordpress-ruleset.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.7',
    muPlugins: { 'secret.php': `<?php define( 'ATTUNE_SECRET', '${SECRET}' );` },
  })
  await publishOn(site)
})
afterAll(() => site?.stop())

describe('while a segment is confidential that an experience and another segment name', () => {
  const read = async (query = '', headers = {}): Promise<Response> =>
    site.fetch(`/wp-json/attune/v1/ruleset${query}`, { headers })
  const signed = (seconds: number, secret = SECRET): Record<string, string> => ({
    'attune-signature': `v1.${seconds}.${createHmac('sha256', secret).update(`ruleset\n${seconds}`).digest('hex')}`,
  })
  const now = Math.floor(Date.now() / 1000)

  beforeAll(() => site.php(`Attune\\save_settings( array( 'confidential' => array( 'buyer' ) ) );`))
  afterAll(() => site.php(`Attune\\save_settings( array( 'confidential' => array() ) );`))

  test.each([
    ['nobody known', '', {}],
    ['a wrong secret', '', signed(now, 'x'.repeat(40))],
    ['a question of long ago', '', signed(now - 400)],
    ['a browser', '?for=browser', {}],
    ['a browser that signs', '?for=browser', signed(now)],
  ])('%s learns nothing of it', async (_, query, headers) => {
    const answer = await read(query, headers)
    const body = await answer.json()
    const ruleset: PublishedRuleset = body.ruleset ?? body
    expect([Object.keys(ruleset.segments), ruleset.experiences]).toEqual([
      ['returning', 'germany', 'sale'],
      [],
    ])
    expect(ruleset.plan).toEqual(publishRuleset({ version: 1, revision: 'none' }).plan)
    expect(JSON.stringify({ ...body, ...ruleset, ruleset: 0, events: 0 })).not.toMatch(/buyer|purchase/)
  })

  test('a host that shares the secret decides by it', async () => {
    const answer = await read('', signed(now))
    const ruleset: PublishedRuleset = await answer.json()
    expect(ruleset.experiences).toMatchObject([{ key: 'home-offer', audience: expect.any(Number) }])
    expect(JSON.stringify(ruleset.plan)).toContain('purchase')
  })

  test('the two have other tags, and no shared cache may keep either', async () => {
    const answers = [await read(), await read('', signed(now))]
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(2)
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toMatch(/^private,/)
      expect(headers.get('vary')).toContain('Attune-Signature')
    }
  })

  test('what is left is what publishing makes of the document without it', async () => {
    const open: Ruleset = {
      version: 1,
      revision: 'open',
      events: {
        begin: { properties: { item: 'string' } },
        end: {},
        pay: { properties: { value: 'number' } },
      },
      rfm: {
        payers: {
          event: 'pay',
          value: 'value',
          within: '365d',
          recency: [7, 30, 90, 180],
          frequency: [2, 3, 5, 9],
          monetary: [10, 50, 100, 500],
        },
      },
      segments: {
        left: { when: { unfinished: 'begin', without: 'end', for: '24h', within: '30d' } },
        payer: { when: { sum: 'pay', of: 'value', atLeast: 10 } },
        usual: { when: { avg: 'pay', of: 'value', within: '30d', atLeast: 10 } },
        touched: { when: { touch: 'first', of: 'utm.source', is: 'newsletter' } },
        best: {
          when: {
            rfm: 'payers',
            recency: { atLeast: 3 },
            frequency: { atLeast: 2 },
            monetary: { atLeast: 2 },
          },
        },
      },
    }
    const whole = {
      ...open,
      segments: {
        secret: { when: { count: 'begin', where: { item: { is: 'SECRET' } }, atLeast: 7 } },
        ...open.segments,
      },
    }
    const left: PublishedRuleset = JSON.parse(
      await site.php(`
        Attune\\load_room( 'ruleset/publish' );
        echo Attune\\Core\\json_text( Attune\\without_confidential( Attune\\read_published( ${phpText(publishedJson(whole))} ), array( 'secret' ) ) );
      `),
    )
    const { plan, nodes, segments } = JSON.parse(publishedJson(open)) as PublishedRuleset
    expect({ plan: left.plan, nodes: left.nodes, segments: left.segments }).toEqual({
      plan,
      nodes,
      segments,
    })
  })
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
