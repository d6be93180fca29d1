import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSealKeys, seal } from '@attune/core'
import { expect, test } from 'vitest'
import { endHash, sha256, startHash, takeBlocks } from '../src/code/sha256.ts'
import { createRandom } from './oracle/random.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('%j has the hash of FIPS 180-4', (text, digest) => {
  expect(hex(sha256(new TextEncoder().encode(text)))).toBe(digest)
})

test('every length from 0 to 300 bytes hashes as in node:crypto', () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = randomBytes(length)
    expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
})

test('a hash that took in whole blocks goes on from there, and again', () => {
  const bytes = randomBytes(64 * 3 + 17)
  const state = takeBlocks(startHash(), bytes.subarray(0, 128))
  const wanted = createHash('sha256').update(bytes).digest('hex')
  expect(hex(endHash(state, bytes.subarray(128)))).toBe(wanted)
  expect(hex(endHash(state, bytes.subarray(128)))).toBe(wanted)
})

// RFC 4231, cases 1 to 4, 6 and 7; case 5 is truncated, as our seals are.
test.each([
  ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  [
    'aa'.repeat(131),
    '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    'aa'.repeat(131),
    '5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
])('the HMAC of RFC 4231 with the key %s', (key, data, mac) => {
  expect(hex(hmac(Buffer.from(key, 'hex'), Buffer.from(data, 'hex')))).toBe(mac)
})

// HMAC as RFC 2104 builds it from the hash, the way seals do.
function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const pad = (byte: number) =>
    takeBlocks(
      startHash(),
      block.map((own) => own ^ byte),
    )
  return endHash(pad(0x5c), endHash(pad(0x36), data))
}

test('a seal is the HMAC of node:crypto, for secrets and payloads of any length', () => {
  const random = createRandom(7)
  for (let turn = 0; turn < 300; turn++) {
    const secret = randomBytes(24 + random.below(60)).toString('base64url')
    const payload = randomBytes(random.below(200)).toString('base64url')
    const binding = random.pick(['', 'shop', 'é😀', '["a","b"]'])
    const [version, id, sealed, mac] = seal(createSealKeys(secret), 'token', binding, payload).split('~')
    const sign = (text: string) => createHmac('sha256', secret).update(text).digest()
    const body = `v1~${sign('attune key id').toString('base64url').slice(0, 4)}~${payload}`
    expect(`${version}~${id}~${sealed}`).toBe(body)
    const wanted = sign(`token\n${binding.length}\n${binding}\n${body}`).subarray(0, 16).toString('base64url')
    expect(mac).toBe(wanted)
  }
})
