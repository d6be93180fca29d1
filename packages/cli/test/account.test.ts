import { createAccounts } from '@attune/collector'
import { expect, test } from 'vitest'
import { account } from '../src/commands/account.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'

const SECRETS = [
  'a newer secret of more than thirty-two characters',
  'an older secret of more than thirty-two characters',
]

async function run(user: string, options: readonly string[] = [], secret = SECRETS.join(',')) {
  const { io, out, err } = makeIo({ env: { ATTUNE_SECRET: secret } })
  const code = await main(['account', user, ...options], [account], io, '1')
  return { code, out: out(), err: err() }
}

test('prints the id under which one of the site’s users is known; of each live secret when it is asked for', async () => {
  const ids = createAccounts(SECRETS).of('4711')
  expect(await run('4711')).toMatchObject({ code: 0, out: `${ids[0]}\n` })
  expect((await run('4711', ['--all'])).out).toBe(`${ids.join('\n')}\n`)
  const [shop] = createAccounts(SECRETS, 'shop').of('4711')
  expect((await run('4711', ['--site', 'shop'])).out.split('\n')[0]).toBe(shop)
})

test('without a secret, or of nobody, it cannot', async () => {
  expect(await run('4711', [], '')).toMatchObject({ code: 2, err: expect.stringContaining('ATTUNE_SECRET') })
  const long = await run('x'.repeat(257))
  expect([long.code, long.err.includes('xxx')]).toEqual([2, false])
})
