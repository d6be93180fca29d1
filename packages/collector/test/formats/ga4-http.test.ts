import { expect, test, vi } from 'vitest'
import { API_SECRET, makeFormats, VISITOR_ID } from './make-formats.ts'

const QUERY = `?measurement_id=G-1&api_secret=${encodeURIComponent(API_SECRET)}`
const body = (events: readonly unknown[], changes: object = {}) => ({
  client_id: VISITOR_ID,
  events,
  ...changes,
})
const cart = { name: 'add_to_cart', params: { currency: 'EUR', items: [{ item_id: 'boots', price: '5' }] } }
const told = ({ status, headers }: Response) => [
  status,
  headers.get('attune-accepted'),
  headers.get('attune-rejected'),
]

test('events are taken, and what is refused is told in a header', async () => {
  const { post } = makeFormats()
  expect(told(await post(`/mp/collect${QUERY}`, body([cart])))).toEqual([204, '1', '0'])
  const mixed = body([cart, { name: 'nobody_knows_it' }, { name: '7' }, { name: 'exposure' }])
  expect(told(await post(`/mp/collect${QUERY}`, mixed))).toEqual([204, '1', '3 unknown-event name reserved'])
})

test('what the protocol says of consent is advertising, and grants nothing else', async () => {
  const { post } = makeFormats({ consent: (_, said) => said })
  const consent = { ad_user_data: 'GRANTED', ad_personalization: 'GRANTED' }
  const events = [cart, { name: 'ad_click' }]
  expect(told(await post(`/mp/collect${QUERY}`, body(events, { consent })))).toEqual([204, '1', '1 consent'])
})

test.each([
  ['nothing', {}, {}],
  ['one yes of two', { ad_user_data: 'GRANTED' }, {}],
  ['one no', { ad_user_data: 'GRANTED', ad_personalization: 'DENIED' }, { marketing: false }],
  ['two yeses', { ad_user_data: 'GRANTED', ad_personalization: 'GRANTED' }, { marketing: true }],
])(
  '%s is told as what was said of consent, and nothing of what the protocol has no word for',
  async (_, consent, said) => {
    const heard = vi.fn(() => ({}))
    const { post } = makeFormats({ consent: heard })
    await post(`/mp/collect${QUERY}`, body([cart], { consent }))
    expect(heard).toHaveBeenCalledExactlyOnceWith(VISITOR_ID, said)
  },
)

test('the debugging address judges as the real one does: what is not declared, may not be said or is not granted', async () => {
  const { post, store } = makeFormats()
  const append = vi.spyOn(store, 'append')
  const events = [{ name: 'view_itm' }, { name: 'purchase' }, cart, { name: 'ad_click' }]
  const { validationMessages } = await (await post(`/debug/mp/collect${QUERY}`, body(events))).json()
  expect(validationMessages).toEqual([
    {
      fieldPath: 'events[0]',
      validationCode: 'NAME_INVALID',
      description: expect.stringMatching(/^unknown-event: .*view_itm/),
    },
    {
      fieldPath: 'events[1]',
      validationCode: 'NAME_RESERVED',
      description: expect.stringMatching(/^reserved: /),
    },
    {
      fieldPath: 'events[3]',
      validationCode: 'VALUE_INVALID',
      description: expect.stringMatching(/^consent: /),
    },
  ])
  expect(store.refused).toEqual([])
  expect(append).not.toHaveBeenCalled()
  expect(told(await post(`/mp/collect${QUERY}`, body(events)))).toEqual([
    204,
    '1',
    '3 unknown-event reserved consent',
  ])
})

test('the debugging address says what is wrong with a request, and keeps nothing', async () => {
  const { post, store } = makeFormats()
  const answer = await post(`/debug/mp/collect${QUERY}`, body([cart, { name: '7 days' }]))
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      validationMessages: [
        {
          fieldPath: 'events[1]',
          validationCode: 'NAME_INVALID',
          description: expect.stringContaining('64'),
        },
      ],
    },
  ])
  const nobody = await (await post(`/debug/mp/collect${QUERY}`, { events: [cart] })).json()
  expect(nobody.validationMessages).toMatchObject([
    { fieldPath: 'events[0]', validationCode: 'VALUE_INVALID' },
  ])
  expect(store.refused).toEqual([])
})

test.each([
  '',
  '?measurement_id=G-1',
  `?measurement_id=G-2&api_secret=${API_SECRET}`,
  '?measurement_id=__proto__&api_secret=x',
])('a request with the keys "%s" is refused', async (query) => {
  expect((await makeFormats().post(`/mp/collect${query}`, body([cart]))).status).toBe(401)
})

test.each([
  ['no events', body([])],
  ['26 events', body(Array.from({ length: 26 }, () => cart))],
  ['a list', []],
])('a body with %s is refused', async (_, wrong) => {
  expect((await makeFormats().post(`/mp/collect${QUERY}`, wrong)).status).toBe(400)
})

test('Snowplow’s addresses are refused with the reason', async () => {
  const answer = await makeFormats().post('/com.snowplowanalytics.snowplow/tp2', {
    schema: 'iglu:x',
    data: [],
  })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'self-describing', reason: 'self-describing', message: expect.stringContaining('iglu:') },
  ])
})
