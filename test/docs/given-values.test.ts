import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GIVEN_VALUES } from '../../packages/core/src/condition/check-likely.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the checker takes those values for likely that the guide says hosts give', () => {
  const guide = read('docs/guide/conditions.md')
  for (const [path, values] of Object.entries(GIVEN_VALUES)) {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${path}\` |`))
    expect(row?.split('|')[2]?.trim()).toBe(values.map((value) => `\`${value}\``).join(' '))
  }
})

test('a host gives these values and no others', () => {
  const named = [...read('packages/core/src/context/read-device.ts').matchAll(/^ {2}\['(\w+)', \//gm)]
  const given = new Set(named.map(([, value]) => value))
  expect([...given].sort()).toEqual(Object.values(GIVEN_VALUES).flat().sort())
})
