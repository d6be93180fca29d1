import { expect, test } from 'vitest'
import { createKeyedHash } from '../src/keyed-hash.ts'
import { createSlots } from '../src/slots.ts'

const KEY = Uint32Array.of(0x03020100, 0x07060504)

test('a key keeps its place, and another key gets another', () => {
  const slots = createSlots(1_000, KEY)
  const first = slots.take('a')
  slots.stamps[first] = 1
  expect(slots.take('a')).toBe(first)
  expect(slots.find('a')).toBe(first)
  expect(slots.find('b')).toBeUndefined()
  expect(slots.take('b')).not.toBe(first)
})

test('the place with the lowest stamp is given away', () => {
  const slots = createSlots(8, KEY)
  for (let at = 0; at < 8; at++) slots.stamps[slots.take(`key ${at}`)] = 100 - at
  const given = slots.take('another')
  expect(slots.stamps[given]).toBe(0)
  expect(slots.find('key 7')).toBeUndefined()
  expect(slots.find('key 0')).toBeDefined()
})

test('nine tenths of 100,000 keys find room in places for as many', () => {
  const slots = createSlots(131_072, KEY)
  for (let at = 0; at < 100_000; at++) slots.stamps[slots.take(`visitor ${at}`)] = 1 + at
  let kept = 0
  for (let at = 0; at < 100_000; at++) if (slots.find(`visitor ${at}`) !== undefined) kept++
  expect(kept).toBeGreaterThan(90_000)
})

test('the hash depends on every unit of the text and on the key, and spreads evenly', () => {
  const hash = createKeyedHash(KEY)
  const out = new Uint32Array(2)
  const of = (text: string, by = hash): string => {
    by(text, out)
    return out.join(' ')
  }
  const texts = Array.from({ length: 10_000 }, (_, at) => `${at}`.repeat((at % 4) + 1))
  expect(new Set(texts.map((text) => of(text))).size).toBe(new Set(texts).size)
  expect(of('a')).not.toBe(of('a', createKeyedHash(Uint32Array.of(1, 2))))
  const counts = new Array<number>(64).fill(0)
  for (let at = 0; at < 64_000; at++) {
    hash(`192.0.${at >> 8}.${at & 255}`, out)
    counts[out[0]! & 63]!++
  }
  const chi = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
  // 63 degrees of freedom: past 120 about once in 100,000 keys.
  expect(chi).toBeLessThan(120)
})
