import { expect, test } from 'vitest'
import { truncateAddress } from '../../src/redact/truncate-address.ts'
import { createRandom } from './random.ts'

test.each([
  ['203.0.113.77', '203.0.113.0'],
  ['203.0.113.77:55123', '203.0.113.0'],
  [' 203.0.113.77 ', '203.0.113.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['[2001:db8:1:2::6]:443', '2001:db8:1::'],
  ['fe80::1%eth0', 'fe80:0:0::'],
  ['::1', '0:0:0::'],
  ['::ffff:203.0.113.77', '203.0.113.0'],
  ['::ffff:cb00:714d', '203.0.113.0'],
  ['64:ff9b::203.0.113.77', '203.0.113.0'],
  ['2001:0DB8::', '2001:db8:0::'],
])('%s becomes %s', (address, shown) => {
  expect(truncateAddress(address)).toBe(shown)
})

test.each([
  '',
  'localhost',
  '256.1.1.1',
  '1.2.3',
  '1:2:3',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8'.concat(':9'),
  'g::1',
  `${'1:'.repeat(50)}1`,
])('%j is no address', (text) => {
  expect(truncateAddress(text)).toBeUndefined()
})

test('addresses of one network are told alike, and never by their last part', () => {
  const { whole } = createRandom(3)
  for (let round = 0; round < 1_000; round++) {
    const [a, b, c] = [whole(1, 223), whole(0, 255), whole(0, 255)]
    const [one, other] = [whole(1, 255), whole(1, 255)].map((last) =>
      truncateAddress(`${a}.${b}.${c}.${last}`),
    )
    expect(one).toBe(other)
    expect(one).toBe(`${a}.${b}.${c}.0`)
  }
})
