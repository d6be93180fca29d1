import { expect, test } from 'vitest'
import { trySegmentEvents } from './try-segment-events.ts'

test('each example is taken under a name or refused with a reason', async () => {
  expect(
    await trySegmentEvents([
      { form: 'call', method: 'track', args: ['Order Completed', { revenue: 5 }] },
      { form: 'call', method: 'page', args: ['Home'] },
      {
        form: 'payload',
        payload: { action: 'track', event: 'Unsubscribed', timestamp: '2015-02-23T22:28:55Z' },
      },
      { form: 'call', method: 'identify', args: ['4711', { plan: 'premium', seats: 3 }] },
      { form: 'payload', payload: { type: 'alias', userId: 'a', previousId: 'b' } },
      { form: 'payload', payload: { All: true } },
      { form: 'call', method: 'ready', args: [] },
    ]),
  ).toEqual([
    { said: 'track Order Completed', name: 'purchase', reason: undefined },
    { said: 'page Home', name: 'page_view', reason: undefined },
    { said: 'track Unsubscribed', name: 'unsubscribed', reason: undefined },
    { said: 'identify', name: 'identify', reason: undefined },
    { said: 'alias', name: undefined, reason: 'alias' },
    { said: 'no call', name: undefined, reason: 'no-call' },
    { said: 'ready', name: undefined, reason: 'no-call' },
  ])
})
