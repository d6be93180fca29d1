import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPixelLink } from '@attune/collector/server'
import { createRedisStore } from '@attune/storage/redis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { erase } from '../src/commands/erase.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { BROWSER, PATIENCE, SECRET, type Served, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const WRITE_KEY = 'the write key of our shop'
const ATTUNE_SERVER_SECRET = 'a secret that our own servers sign with'
const ENV = { ATTUNE_WRITE_KEYS: WRITE_KEY, ATTUNE_SERVER_SECRET }
const RULES = JSON.stringify(makeRuleset({ events: { view_item: {}, email_open: {}, purchase: {} } }))
const JSON_TYPE = { 'content-type': 'application/json', 'user-agent': BROWSER }

function makeMachine(): string {
  return makeFolder({ 'rules.json': RULES })
}

// What a browser with these cookies answers.
async function answer({ base }: Served, cookies: readonly string[], consent: string): Promise<Response> {
  return fetch(`${base}/attune/consent`, {
    method: 'POST',
    headers: { ...JSON_TYPE, origin: base, cookie: [...cookies, `attune_consent=${consent}`].join('; ') },
    body: JSON.stringify({ by: 'choices' }),
  })
}

async function becomeKnown(machine: Served): Promise<{ cookies: readonly string[]; visitor: string }> {
  const told = await answer(machine, [], 'preferences')
  const cookies = told.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  return { cookies, visitor: /(?<=~)[\w-]{22}(?=~)/.exec(cookies.join())![0] }
}

async function track({ base }: Served, visitor: string): Promise<Response> {
  return fetch(`${base}/attune/in/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` },
    body: JSON.stringify({
      anonymousId: visitor,
      event: 'Product Viewed',
      context: { consent: { categoryPreferences: { preferences: true } } },
    }),
  })
}

interface Mail {
  readonly site: string
  readonly visitor: string
  readonly campaign: string
}

async function openMail({ base }: Served, mail: Mail): Promise<void> {
  const consent = { preferences: true }
  const endpoint = `${base}/attune/pixel.gif`
  const link = await createPixelLink({ endpoint, secret: ATTUNE_SERVER_SECRET, consent, ...mail })
  expect((await fetch(link, { headers: { 'user-agent': BROWSER } })).status).toBe(200)
}

describe.skipIf(NO_REDIS)(`two machines on one Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  let sites = 0
  const start = (site: string, folder = makeMachine()): Promise<Served> =>
    startServing(['--redis', redis.url, '--site', site, '--formats'], { folder, env: ENV })
  const freshSite = (): string => `site-${++sites}`
  const answerKeys = async (site: string): Promise<unknown> => redis.ask('KEYS', `attune:${site}:*:answer`)

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  test('a withdrawal that one of them heard holds for mails and formats at the other, once it is answered', async () => {
    const site = freshSite()
    const [here, there] = await Promise.all([start(site), start(site)])
    const { cookies, visitor } = await becomeKnown(here)
    await openMail(there, { site, visitor, campaign: 'before' })
    expect(await (await track(there, visitor)).json()).toMatchObject({ accepted: 1 })
    expect((await answer(here, cookies, 'none')).status).toBe(204)
    await openMail(there, { site, visitor, campaign: 'after' })
    expect(await (await track(there, visitor)).json()).toMatchObject({
      accepted: 0,
      rejected: [{ reason: 'consent' }],
    })
    const store = createRedisStore({ url: redis.url, site, timeout: 5_000 })
    const { events = [] } = (await store.exportVisitor(visitor)) ?? {}
    expect(events.map(({ name }) => name).sort()).toEqual(['email_open', 'view_item'])
    await store.close()
  })

  test('what was answered at a machine before it knew of others is told when it starts', async () => {
    const [site, folder] = [freshSite(), makeMachine()]
    const alone = await startServing(['--site', site], { folder, env: ENV })
    const { cookies, visitor } = await becomeKnown(alone)
    await answer(alone, cookies, 'none')
    await alone.end()
    await start(site, folder)
    await expect.poll(() => answerKeys(site), PATIENCE).toHaveLength(1)
    expect(await (await track(await start(site), visitor)).json()).toMatchObject({ accepted: 0 })
    const [name = ''] = readFileSync(join(folder, 'data', 'consent.name'), 'utf8').split(' ')
    await expect.poll(() => redis.ask('HGET', `attune:${site}:{answers}:told`, name), PATIENCE).toBe('2')
  })

  test('an erasure takes the answer along, also from a machine that never heard it', async () => {
    const site = freshSite()
    const machine = await start(site)
    const { visitor } = await becomeKnown(machine)
    await track(machine, visitor)
    expect(await answerKeys(site)).toHaveLength(1)
    const ATTUNE_DATA = join(makeMachine(), 'data')
    const args = ['erase', '--redis', redis.url, '--site', site, '--without-audit', '--', visitor]
    let tick = 0
    const ask = async (env: { readonly [name: string]: string }) => {
      // Erased again it is later.
      const { io, err } = makeIo({ env: { ATTUNE_DATA, ...env }, tick: ++tick })
      return [await main(args, [erase], io, '1'), err()]
    }
    expect(await ask({})).toEqual([1, expect.stringContaining('ATTUNE_SECRET')])
    expect(await answerKeys(site)).toHaveLength(1)
    expect(await ask({ ATTUNE_SECRET: SECRET })).toEqual([0, ''])
    expect(await answerKeys(site)).toEqual([])
  })

  test('while the store does not answer nothing is believed, a withdrawal is not called kept, and is told when it answers again', async () => {
    const site = freshSite()
    const own = await startRedis()
    try {
      const options = ['--redis', own.url, '--site', site, '--formats']
      const open = () => startServing(options, { folder: makeMachine(), env: ENV })
      const [here, there] = await Promise.all([open(), open()])
      const { cookies, visitor } = await becomeKnown(here)
      expect(await (await track(there, visitor)).json()).toMatchObject({ accepted: 1 })
      await own.kill()
      expect((await answer(here, cookies, 'none')).status).toBe(503)
      expect((await track(there, visitor)).status).toBe(503)
      // Empty: the yes of before is gone as well, and nobody's word stands in its place.
      await own.restart()
      await expect
        .poll(async () => (await track(there, visitor)).json(), PATIENCE)
        .toMatchObject({ accepted: 0, rejected: [{ reason: 'consent' }] })
      await expect.poll(() => own.ask('KEYS', `attune:${site}:*:answer`), PATIENCE).toHaveLength(1)
      await Promise.all([here.end(), there.end()])
    } finally {
      await own.stop()
    }
  })
})
