import { expect, test } from 'vitest'
import { limitByAddress } from '../../src/serve/limit-by-address.ts'

function open(trustedProxies: readonly string[] = []) {
  const told: string[] = []
  const limiter = limitByAddress({ trustedProxies, onUnnamed: (message) => told.push(message) })
  return { blockOf: limiter.blockOf, take: limiter.take, told }
}

test.each([
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['::ffff:10.1.2.3', undefined],
  ['172.31.0.9', undefined],
  ['fd00::7', undefined],
  [undefined, undefined],
  ['8.8.8.8', '8.8.8'],
  ['2606:4700::1111', expect.any(String)],
])('while no proxy is named the visitors of a connection from %s are counted by %s', (peer, block) => {
  const { blockOf } = open()
  expect([blockOf(peer, null), blockOf(peer, null)]).toEqual([block, block])
})

test('a proxy that is named has its visitors counted by what it says', () => {
  const { blockOf, told } = open(['127.0.0.1'])
  expect(blockOf('127.0.0.1', '8.8.8.8')).toBe('8.8.8')
  expect(blockOf('127.0.0.1', null)).toBe('127.0.0')
  expect(told).toEqual([])
})

test('a proxy that nobody named is told of once, and never by its address', () => {
  const inside = open()
  inside.blockOf('127.0.0.1', null)
  expect(inside.told).toEqual([])
  inside.blockOf('127.0.0.1', '8.8.8.8')
  inside.blockOf('127.0.0.1', '8.8.4.4')
  expect(inside.told).toEqual([expect.stringContaining('nobody is limited by address. Name it')])
  const outside = open()
  expect(outside.blockOf('9.9.9.9', '8.8.8.8')).toBe('9.9.9')
  expect(outside.told).toEqual([expect.stringContaining('its visitors share one limit')])
  expect(outside.told.join()).not.toContain('9.9.9')
})
