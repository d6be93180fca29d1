import type { StandingKeys } from '@attune/storage'
import { createVisitorKeys } from '@attune/storage/pseudonyms'
import { expect, test } from 'vitest'
import { lookAtKeys } from '../../src/serve/look-at-keys.ts'

const SECRET = 'a secret for keys at rest that is long enough'
const NAMES = createVisitorKeys([SECRET]).names
const PLAIN: StandingKeys = { names: [], hasPlain: true }
const MOVED: StandingKeys = { names: NAMES, hasPlain: false }

function makeLook(keys: string | undefined) {
  const site = { now: 0, standing: PLAIN as StandingKeys | Error, asked: 0 }
  const standingKeys = async () => {
    site.asked++
    if (site.standing instanceof Error) throw site.standing
    return site.standing
  }
  const env = keys === undefined ? {} : { ATTUNE_KEYS_AT_REST: keys }
  return { site, look: lookAtKeys({ standingKeys, where: 'data' }, { env, now: () => site.now }) }
}

test('whoever is moved to a secret that this process lacks is noticed within a minute, and the store asked no oftener', async () => {
  const { site, look } = makeLook(undefined)
  expect(await look()).toEqual({})
  site.standing = MOVED
  site.now = 59_999
  expect([await look(), site.asked]).toEqual([{}, 1])
  site.now = 60_000
  expect(await look()).toEqual({
    why: `Visitors in data stand under keys at rest of a secret named ${NAMES[0]}, and ATTUNE_KEYS_AT_REST is not set. Set it as the site had it: nobody would be found. Then restart this process; what it keeps meanwhile begins visitors anew, until they are moved as well.`,
  })
  expect(await makeLook(`${SECRET},plain`).look()).toEqual({})
})

test('a host that still writes ids as they are is noticed by the others', async () => {
  const { site, look } = makeLook(SECRET)
  site.standing = MOVED
  expect(await look()).toEqual({})
  site.standing = { names: NAMES, hasPlain: true }
  site.now = 60_000
  expect((await look()).why).toContain('stand under their ids as they are')
})

test('a store that does not answer says nothing new', async () => {
  const { site, look } = makeLook(undefined)
  site.standing = MOVED
  const { why } = await look()
  site.standing = new Error('away')
  site.now = 60_000
  expect(await look()).toEqual({ why })
})
