import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileRuleset, decide, emptyProfile, type PublishedRuleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createRedisRuleset } from '@attune/storage/ruleset-redis'
import { openEnvelope } from '@attune/storage/ruleset-source'
import { describe, expect, onTestFinished, test } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { publish } from '../src/commands/publish.ts'
import type { Io } from '../src/io.ts'
import { main } from '../src/main.ts'
import { formatCount } from '../src/terminal/format.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

const SECRET = 'a secret of more than thirty-two characters'

async function publishFile(
  content: unknown,
  options: readonly string[] = [],
  env: Io['env'] = {},
  target: readonly string[] = [],
) {
  const folder = makeFolder({ 'rules.json': JSON.stringify(content) })
  const { io, out, err } = makeIo({ env })
  const args = ['publish', ...target, join(folder, 'rules.json'), ...options]
  const code = await main(args, [publish], io, '1')
  return { code, out: out(), err: err(), folder }
}

function decideFrom(text: string): readonly string[] {
  const compiled = compileRuleset(JSON.parse(text) as PublishedRuleset)
  const question = { profile: emptyProfile(compiled.plan), context: {}, consent: {}, now: 0 }
  return decide(compiled, question).map(({ reason }) => reason)
}

test('a sound ruleset is written in the form that decides', async () => {
  const { code, out, err } = await publishFile(makeRuleset())
  expect([code, err]).toEqual([
    0,
    `Published to standard output: ${formatCount(Buffer.byteLength(out))} bytes, revision test.1.\n`,
  ])
  expect(decideFrom(out)).toEqual(['CONSENT_DENIED'])
  expect(JSON.parse(out).document).toEqual(makeRuleset())
})

test('--no-document leaves the document out', async () => {
  const { code, out } = await publishFile(makeRuleset(), ['--no-document'])
  expect([code, 'document' in JSON.parse(out)]).toEqual([0, false])
  expect(decideFrom(out)).toEqual(['CONSENT_DENIED'])
})

test('--out writes the file and leaves nothing beside it', async () => {
  const folder = makeFolder({ 'published.json': 'old' })
  const path = join(folder, 'published.json')
  const { code, out, err } = await publishFile(makeRuleset(), ['--out', path])
  expect([code, out, readdirSync(folder)]).toEqual([0, '', ['published.json']])
  const bytes = formatCount(readFileSync(path).length)
  expect(err).toBe(`Published to ${path}: ${bytes} bytes, revision test.1.\n`)
  expect(decideFrom(readFileSync(join(folder, 'published.json'), 'utf8'))).toEqual(['CONSENT_DENIED'])
})

test('a ruleset with errors is not published: the file stays as it was', async () => {
  const folder = makeFolder({ 'published.json': 'old' })
  const wrong = makeRuleset({ segments: { keen: { when: { count: 'view_itm', atLeast: 1 } } } })
  const { code, out, err } = await publishFile(wrong, ['--out', join(folder, 'published.json')])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('unknown-event')
  expect(readFileSync(join(folder, 'published.json'), 'utf8')).toBe('old')
})

test('warnings are said and do not keep it from being published', async () => {
  const { code, out, err } = await publishFile(makeRuleset({ experiences: [] }))
  expect(code).toBe(0)
  expect(err).toContain('unused-segment')
  expect(JSON.parse(out).published).toBe(1)
})

test('a folder that is not there is exit code 2', async () => {
  const { code, err } = await publishFile(makeRuleset(), ['--out', '/nowhere/at/all.json'])
  expect(code).toBe(2)
  expect(err).toContain('/nowhere/at/all.json')
})

test('what is published already is not published again: the document is asked for', async () => {
  const { code, out, err } = await publishFile(publishRuleset(makeRuleset()))
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('This is a published ruleset. Give the document that it was published from')
  expect(err).toContain('1 error, 0 warnings.')
})

test('--sign puts it into an envelope, for a source that has the secret', async () => {
  const env = { ATTUNE_SECRET: SECRET }
  const { code, out } = await publishFile(makeRuleset(), ['--sign'], env)
  const { text } = await openEnvelope('it', JSON.parse(out), [SECRET])
  expect([code, decideFrom(text)]).toEqual([0, ['CONSENT_DENIED']])
  const unsigned = await publishFile(makeRuleset(), ['--sign'])
  expect([unsigned.code, unsigned.out]).toEqual([2, ''])
  expect(unsigned.err).toContain('ATTUNE_SECRET is not set. Set it to sign the ruleset')
})

test('a target without a ruleset, an unknown one and options of another are refused with the cure', async () => {
  const say = async (...args: readonly string[]): Promise<string> => {
    const { io, err } = makeIo()
    expect(await main(['publish', ...args], [publish], io, '1')).toBe(2)
    return err()
  }
  expect(await say('redis')).toContain('<ruleset> is missing: `attune publish redis ruleset.json`')
  expect(await say('ftp', 'rules.json')).toContain(
    'There is no target "ftp". Targets are file, edge-config, redis, upstash.',
  )
  expect(await say('rules.json', '--plan', 'pro')).toContain('--plan means nothing to the target file')
  expect(await say()).toContain('<ruleset> is missing: The JSON file of the document.')
  expect(await say('file', 'a.json', 'b.json')).toContain('"b.json" is one argument too many')
})

test.each([
  ['redis', { ATTUNE_SECRET: SECRET }, 'REDIS_URL is not set'],
  ['redis', { REDIS_URL: 'redis://127.0.0.1:1' }, 'ATTUNE_SECRET is not set'],
  ['redis', { ATTUNE_SECRET: SECRET, REDIS_URL: 'redis://:word@127.0.0.1:1' }, 'of Redis is out of reach'],
  [
    'redis',
    { ATTUNE_SECRET: SECRET, ATTUNE_REDIS_URL: 'redis://:word@127.0.0.1:1' },
    'of Redis is out of reach',
  ],
  [
    'redis',
    { ATTUNE_SECRET: SECRET, ATTUNE_REDIS_URL: 'redis://:word@a:1,redis://:word@b:1' },
    'set REDIS_URL to it',
  ],
  ['upstash', { ATTUNE_SECRET: SECRET }, 'UPSTASH_REDIS_REST_URL is not set'],
  ['upstash', { ATTUNE_SECRET: SECRET, UPSTASH_REDIS_REST_URL: 'x' }, 'UPSTASH_REDIS_REST_TOKEN is not set'],
])('%s says what it lacks: %j', async (target, env, said) => {
  const { code, err } = await publishFile(makeRuleset(), [], env, [target])
  expect(code).toBe(2)
  expect(err).toContain(said)
  expect(err).not.toContain('word@')
})

describe.skipIf(NO_REDIS)(`to a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  test('what was published is what the source reads, and the next one replaces it', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const env = { ATTUNE_SECRET: SECRET, REDIS_URL: redis.url }
    const { code, err } = await publishFile(makeRuleset(), ['--no-document'], env, ['redis'])
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(
        /^Published to the key attune:ruleset of Redis: [\d,]+ bytes, revision test\.1\.\n$/,
      ),
    ])
    const source = createRedisRuleset({ url: redis.url, secret: SECRET })
    expect((await source.load()).revision).toBe('test.1')
    const profiles = { ATTUNE_SECRET: SECRET, ATTUNE_REDIS_URL: redis.url }
    await publishFile(makeRuleset({ revision: 'test.2' }), [], profiles, ['redis'])
    await source.refresh()
    expect(source.state()).toMatchObject({ state: 'fresh', revision: 'test.2' })
  })
})

test('where an audit log is named a publication is written down, by whom and where to; what cannot be is not done', async () => {
  const folder = makeFolder({})
  const [out, log] = [join(folder, 'published.json'), join(folder, 'audit.log')]
  const env = { ATTUNE_AUDIT_LOG: log, ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough' }
  expect((await publishFile(makeRuleset(), ['--out', out, '--actor', 'newsroom'], env)).code).toBe(0)
  const records = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const bytes = readFileSync(out, 'utf8').trimEnd().length
  expect(records.map(({ action, outcome, actor, counts }) => [action, outcome, actor, counts])).toEqual([
    ['ruleset.publish', 'asked', 'newsroom', undefined],
    ['ruleset.publish', 'done', 'newsroom', { 'target.file': 1, bytes }],
  ])
  const before = readFileSync(out, 'utf8')
  const { code, err } = await publishFile(makeRuleset({ revision: 'test.2' }), ['--out', out], {
    ATTUNE_AUDIT_LOG: log,
  })
  expect([code, readFileSync(out, 'utf8')]).toEqual([2, before])
  expect(err).toContain('ATTUNE_AUDIT_KEY')
})
