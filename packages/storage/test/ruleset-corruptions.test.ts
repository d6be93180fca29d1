import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileRuleset, decide, emptyProfile, evaluateSegments, type PublishedRuleset } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFileRuleset } from '../src/ruleset-file.ts'
import { createHttpRuleset, signBody } from '../src/ruleset-http.ts'
import { createRedisRuleset } from '../src/ruleset-redis.ts'
import { type RulesetSource, sealRuleset } from '../src/ruleset-source.ts'
import { type Corrupt, corruptionsOf } from './support/corrupt.ts'
import { makeText, SECRET } from './support/make-published.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-'))
})
afterAll(() => rm(folder, { recursive: true }))

const onError = (): void => {}
const latin = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** Has a source take r1, then every corruption of r2; answers what was in force after each. */
async function feed(
  source: RulesetSource,
  put: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  [good, second]: readonly [string, string],
): Promise<readonly (readonly [Corrupt, PublishedRuleset])[]> {
  await put(new TextEncoder().encode(good))
  await source.load()
  const seen: (readonly [Corrupt, PublishedRuleset])[] = []
  for (const corrupt of corruptionsOf(second)) {
    await put(corrupt.bytes)
    await source.refresh()
    seen.push([corrupt, await source.load()])
  }
  return seen
}

async function sealed(revision: string): Promise<string> {
  return JSON.stringify(await sealRuleset(makeText(revision), SECRET))
}

describe('of 200 corruptions of a signed ruleset none replaces the last good one', () => {
  test('in a file', async () => {
    const path = join(folder, 'signed.json')
    const source = createFileRuleset({ path, secret: SECRET, onError })
    const seen = await feed(source, (bytes) => writeFile(path, bytes), [
      await sealed('r1'),
      await sealed('r2'),
    ])
    expect(seen).toHaveLength(200)
    expect(seen.filter(([, { revision }]) => revision !== 'r1').map(([{ how }]) => how)).toEqual([])
    expect(source.state()).toMatchObject({ state: 'stale', revision: 'r1' })
    await writeFile(path, await sealed('r2'))
    await source.refresh()
    expect(source.state()).toMatchObject({ state: 'fresh', revision: 'r2' })
  })

  test('in Redis', async () => {
    let held = ''
    const client = {
      get: async () => held,
      getRange: async (_: string, start: number, end: number) => held.slice(start, end + 1),
    }
    const source = createRedisRuleset({ client, secret: SECRET, onError })
    const put = async (bytes: Uint8Array): Promise<void> => {
      held = latin(bytes)
    }
    const seen = await feed(source, put, [await sealed('r1'), await sealed('r2')])
    expect(seen.filter(([, { revision }]) => revision !== 'r1').map(([{ how }]) => how)).toEqual([])
    held = await sealed('r2')
    await source.refresh()
    expect(source.state()).toMatchObject({ state: 'fresh', revision: 'r2' })
  })

  test('over HTTP, where the signature is that of the whole', async () => {
    let body = new Uint8Array()
    const signatures = { r1: '', r2: '' }
    for (const revision of ['r1', 'r2'] as const)
      signatures[revision] = await signBody(new TextEncoder().encode(makeText(revision).trimEnd()), SECRET)
    let signature = signatures.r1
    const fetch = async () => new Response(body, { headers: { 'attune-signature': signature } })
    const source = createHttpRuleset({ url: 'https://corrupt.test/', secret: SECRET, fetch, onError })
    const put = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      body = bytes
    }
    const seen = await feed(source, put, [makeText('r1').trimEnd(), makeText('r2').trimEnd()])
    expect(seen.filter(([, { revision }]) => revision !== 'r1').map(([{ how }]) => how)).toEqual([])
    signature = signatures.r2
    await put(new TextEncoder().encode(makeText('r2').trimEnd()))
    await source.refresh()
    expect(source.state()).toMatchObject({ state: 'fresh', revision: 'r2' })
  })
})

describe('of 200 corruptions of a file without a signature', () => {
  const good = makeText('r1')
  const taken: (readonly [Corrupt, PublishedRuleset])[] = []
  beforeAll(async () => {
    for (const [index, corrupt] of corruptionsOf(makeText('r2')).entries()) {
      // What is flipped may be taken, so each meets a source that has r1.
      const path = join(folder, `plain-${index}.json`)
      await writeFile(path, good)
      const source = createFileRuleset({ path, onError })
      await source.load()
      await writeFile(path, corrupt.bytes)
      await source.refresh()
      const [inForce, before] = source.recent()
      if (inForce !== undefined && before !== undefined) taken.push([corrupt, inForce])
    }
  })

  test('none that is cut or of another shape comes into force', () => {
    expect(taken.filter(([{ how }]) => !how.includes('flipped')).map(([{ how }]) => how)).toEqual([])
  })

  test('of those with a flipped bit many look sound, and whatever comes into force answers every question', () => {
    expect(taken.length).toBeGreaterThan(10)
    expect(taken.length).toBeLessThan(100)
    for (const [, ruleset] of taken) {
      const compiled = compileRuleset(ruleset)
      const question = {
        profile: emptyProfile(compiled.plan),
        context: {},
        consent: { preferences: true },
        now: 0,
        visitor: 'somebody',
      }
      expect(Object.keys(evaluateSegments(compiled, question))).toEqual(Object.keys(ruleset.segments))
      const wrong = decide(compiled, question).filter(
        ({ placement, variant }) => !ruleset.placements[placement]?.variants.includes(variant),
      )
      expect(wrong).toEqual([])
    }
  })
})
