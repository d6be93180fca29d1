import { createSealKeys, decodeVisitor, encodeVisitor, type SealKeys, toBase64Url } from '@attune/core'
import { expect, test } from 'vitest'
import { readPage } from './markdown.ts'

const OLD = 'the-old-secret-that-signed-everything-so-far'
const NEW = 'the-new-secret-that-signs-from-tomorrow-on-now'
const VISITOR = toBase64Url(new Uint8Array(16).fill(7))

/** Hosts of a site, each with the text of its environment variable at one step of the change. */
function keysAt(step: string): SealKeys {
  return createSealKeys(step.replaceAll('<old>', OLD).replaceAll('<new>', NEW))
}

const steps = [...readPage('docs/guide/secrets.md').text.matchAll(/`ATTUNE_SECRET=([^`]+)`/g)].map(
  ([, text]) => text!,
)

test('the page tells of two steps with both secrets, and of the new one alone', () => {
  expect(steps).toEqual(['<old>,<new>', '<new>,<old>', '<new>'])
})

test('between two steps that follow each other every host opens what every other signs', () => {
  const order = ['<old>', ...steps.slice(0, 2)]
  for (const [at, step] of order.slice(1).entries()) {
    const [before, after] = [keysAt(order[at]!), keysAt(step)]
    const opened = [
      decodeVisitor(after, 'site', encodeVisitor(before, 'site', VISITOR)),
      decodeVisitor(before, 'site', encodeVisitor(after, 'site', VISITOR)),
    ]
    expect(opened, step).toEqual([VISITOR, VISITOR])
  }
})

test('what the last host with both signed is opened by the new secret alone, and what the old one signed is not', () => {
  const alone = keysAt('<new>')
  expect(decodeVisitor(alone, 'site', encodeVisitor(keysAt('<new>,<old>'), 'site', VISITOR))).toBe(VISITOR)
  expect(decodeVisitor(alone, 'site', encodeVisitor(keysAt('<old>'), 'site', VISITOR))).toBeUndefined()
})
