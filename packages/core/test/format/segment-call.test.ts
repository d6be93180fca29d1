import { expect, test } from 'vitest'
import { messageOfCall, type SegmentCall } from '../../src/formats.ts'

test.each<[SegmentCall, readonly unknown[], object]>([
  [
    'track',
    ['Signed Up', { plan: 'pro' }, { context: {} }],
    { event: 'Signed Up', properties: { plan: 'pro' } },
  ],
  [
    'track',
    [{ userId: '9', event: 'A', properties: { b: 1 } }],
    { userId: '9', event: 'A', properties: { b: 1 } },
  ],
  ['page', [], {}],
  ['page', ['Home'], { name: 'Home' }],
  ['page', ['Shop', 'Home', { path: '/' }], { category: 'Shop', name: 'Home', properties: { path: '/' } }],
  ['page', [{ path: '/' }], { properties: { path: '/' } }],
  ['identify', ['9', { plan: 'pro' }], { traits: { plan: 'pro' } }],
  ['identify', [{ plan: 'pro' }], { traits: { plan: 'pro' } }],
  ['identify', [{ userId: '9', traits: { plan: 'pro' } }], { userId: '9', traits: { plan: 'pro' } }],
  ['group', ['g', { seats: 3 }], { groupId: 'g', traits: { seats: 3 } }],
  ['group', [{ groupId: 'g', traits: {} }], { groupId: 'g', traits: {} }],
  ['group', [{ seats: 3 }], { traits: { seats: 3 } }],
  ['alias', ['new', 'old'], { userId: 'new', previousId: 'old' }],
])('%s called with %j is a message', (call, args, message) => {
  expect(messageOfCall(call, args)).toEqual({ type: call, ...message })
})
