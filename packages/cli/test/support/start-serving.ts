import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { main } from '../../src/main.ts'
import { makeFolder } from './make-folder.ts'
import { type MadeIo, makeIo } from './make-io.ts'
import { makeRuleset } from './make-ruleset.ts'

/** How long a test looks for what a server will say: a busy machine holds up every process on it. */
export const PATIENCE: { readonly timeout: number; readonly interval: number } = {
  timeout: 15_000,
  interval: 20,
}
/** What the servers of tests sign with. */
export const SECRET = 'a secret of more than thirty-two characters'
/** What `fetch` calls itself would be a bot. */
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A running `attune serve`. */
export interface Served extends MadeIo {
  readonly base: string
  /** Empty when it has no address of its own for metrics. */
  readonly metricsBase: string
  /** Sends the signal and answers the exit code. */
  readonly end: () => Promise<number>
}

export interface ServeAround {
  /** Where its data and `rules.json` lie. Default: a folder of its own. */
  readonly folder?: string
  /** Beside a secret; visitors are kept under their ids as they are. */
  readonly env?: { readonly [name: string]: string }
  /** Milliseconds by which the clock moves on at each look. Default 1. */
  readonly tick?: number
}

/** A folder with a ruleset in `rules.json`, which goes with the test. */
export function makeSite(): string {
  return makeFolder({ 'rules.json': JSON.stringify(makeRuleset()) })
}

/** Starts `attune serve` on a free port; it ends with the test at the latest. */
export async function startServing(
  options: readonly string[] = [],
  { folder = makeSite(), env = {}, tick = 1 }: ServeAround = {},
): Promise<Served> {
  const data = join(folder, 'data')
  // Beside a Redis the folder holds proofs of consent alone.
  const isRedis = options.includes('--redis')
  const own = { ATTUNE_SECRET: SECRET, ATTUNE_KEYS_AT_REST: 'plain', ...(isRedis && { ATTUNE_DATA: data }) }
  const made = makeIo({ env: { ...own, ...env }, tick })
  const where = ['--ruleset', join(folder, 'rules.json'), ...(isRedis ? [] : ['--data', data]), '--port', '0']
  const ended = main(['serve', ...where, ...options], [serve], made.io, '1')
  const end = (): Promise<number> => {
    made.stop('SIGTERM')
    return ended
  }
  onTestFinished(async () => {
    await end()
  })
  const said = () => made.out() + made.err()
  await expect.poll(said, PATIENCE).toContain('Collecting at ')
  if (options.some((option) => option.startsWith('--metrics')))
    await expect.poll(said, PATIENCE).toContain('Metrics at ')
  const [, base = ''] = /Collecting at (http:\/\/[^/]+)/.exec(said()) ?? []
  const [, metricsBase = ''] = /Metrics at (http:\/\/[^/]+)/.exec(said()) ?? []
  return { ...made, base, metricsBase, end }
}
