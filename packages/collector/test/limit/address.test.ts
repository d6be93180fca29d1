import { describe, expect, test } from 'vitest'
import { blockOf } from '../../src/limit/address-block.ts'
import { createClientAddress } from '../../src/limit/client-address.ts'

describe('the block of an address', () => {
  test.each([
    ['192.0.2.17', '192.0.2'],
    ['192.0.2.200:4711', '192.0.2'],
    ['::ffff:192.0.2.17', '192.0.2'],
    ['::FFFF:c000:0211', '192.0.2'],
    ['2001:db8:1:2ff::1', '32:1:13:184:0:1:2'],
    ['[2001:db8:1:200::7]:443', '32:1:13:184:0:1:2'],
    ['2001:0db8:0001:0234:5:6:7:8', '32:1:13:184:0:1:2'],
    ['fe80::1%eth0', '254:128:0:0:0:0:0'],
    ['::', '0:0:0:0:0:0:0'],
  ])('%s is %s', (address, block) => {
    expect(blockOf(address)).toBe(block)
  })

  test.each([
    '',
    'unknown',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.010',
    '0x7f.1.1.1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    ':1',
    '1.2.3.4.5',
    'x'.repeat(10_000),
  ])('%j has none', (address) => {
    expect(blockOf(address)).toBeUndefined()
  })
})

describe('the client of a request', () => {
  const behind = createClientAddress(['10.0.0.0/8', '2001:db8:ffff::/48'])

  test.each([
    [
      'without a trusted proxy is the connection, whatever it claims',
      createClientAddress(),
      '198.51.100.1',
      '203.0.113.9',
      '198.51.100.1',
    ],
    [
      'that is no trusted proxy itself is the connection',
      behind,
      '198.51.100.1',
      '203.0.113.9',
      '198.51.100.1',
    ],
    [
      'is what the proxy saw, not what the client made up',
      behind,
      '10.0.0.1',
      '203.0.113.9, 198.51.100.1',
      '198.51.100.1',
    ],
    ['is found behind two proxies', behind, '10.0.0.1', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['may be an IPv6 address', behind, '2001:db8:ffff::1', '2001:db8::7', '2001:db8::7'],
    ['stops at what is no address', behind, '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
    ['is the connection without the header', behind, '10.0.0.1', null, '10.0.0.1'],
    ['of a peer written as IPv6 is found too', behind, '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ])('%s', (_, clientOf, peer, forwarded, client) => {
    expect(clientOf(peer, forwarded)).toBe(client)
  })

  test('of a host that does not know its peer is not known', () => {
    expect(behind(undefined, '203.0.113.9')).toBeUndefined()
  })

  test.each(['10.0.0.0/33', 'proxy.internal', '10.0.0.0/8/8', '::/129'])('%s is no proxy', (text) => {
    expect(() => createClientAddress([text])).toThrow('Name an address or a range')
  })
})
