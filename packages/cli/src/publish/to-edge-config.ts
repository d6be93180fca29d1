import { isObject } from '@attune/core'
import { type RulesetEnvelope, sealRuleset } from '@attune/storage/ruleset-source'
import { type Call, CannotRun, choiceOption, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { requireSecret } from '../options/read-secret.ts'
import { printable } from '../terminal/style.ts'
import { askVercel, type VercelAccess, type VercelAnswer } from './ask-vercel.ts'
import { checkSize, PLANS, type StoreItems } from './edge-config-size.ts'
import { explainVercel } from './explain-vercel.ts'
import { type Publication, sizeOf, type Target } from './publication.ts'
import { requireVariable } from './require-variable.ts'

const TIMEOUT_MS = 10_000
const CONFIG = /^ecfg_\w+$/
const KEY = /^[\w-]{1,256}$/

/**
 * Puts it into one item of Vercel's Edge Config, in one request: looks at what is there, and whether it fits, writes, and reads it
 * back. What an answer leaves open is settled by looking again.
 */
export const toEdgeConfig: Target = {
  options: ['config', 'key', 'plan'],
  async publish(publication, call, io) {
    const access = readAccess(call, io)
    const key = readKey(call)
    const plan = choiceOption(call, 'plan', PLANS) ?? 'hobby'
    const envelope = await sealRuleset(publication.text, requireSecret(io.env, 'sign the ruleset'))
    const items = { ...(await readItems(access)), [key]: envelope }
    const size = checkSize(items, key, plan, bareSizeOf(publication, envelope))
    await writeItem(access, key, envelope)
    const digest = await readDigest(access)
    return `Edge Config ${access.config}, item ${key}: ${size}${digest}, within 10 seconds in every region`
  },
}

function readAccess(call: Call, { env }: Io): VercelAccess {
  const config = textOption(call, 'config') ?? /ecfg_\w+/.exec(env.EDGE_CONFIG ?? '')?.[0]
  if (config === undefined)
    throw new CannotRun('Which Edge Config is not said. Give --config ecfg_…, or set EDGE_CONFIG.')
  if (!CONFIG.test(config))
    throw new CannotRun(`--config is ${JSON.stringify(config)}. Give the id of an Edge Config: ecfg_….`)
  const token = requireVariable(
    env,
    'VERCEL_TOKEN',
    'a token of the account or team that owns the Edge Config',
  )
  return { token, team: env.VERCEL_TEAM_ID || undefined, config, timeout: TIMEOUT_MS }
}

function readKey(call: Call): string {
  const key = textOption(call, 'key') ?? 'attune'
  if (KEY.test(key)) return key
  throw new CannotRun(
    `--key is ${JSON.stringify(key)}. Edge Config takes letters, digits, _ and -, 256 at most.`,
  )
}

async function readItems(access: VercelAccess): Promise<StoreItems> {
  const answer = await askVercel(access, '/items')
  if (answer.status !== 200 || !Array.isArray(answer.value))
    throw new CannotRun(`${explainVercel(answer, access.config)} Nothing was published.`)
  const items: readonly unknown[] = answer.value
  return Object.fromEntries(items.filter(isObject).map(({ key, value }) => [String(key), value]))
}

async function writeItem(access: VercelAccess, key: string, envelope: RulesetEnvelope): Promise<void> {
  const answer = await askVercel(access, '/items', { items: [{ operation: 'upsert', key, value: envelope }] })
  const isWritten = answer.status === 200 && answer.value !== undefined
  if (!isWritten && isRefusal(answer))
    throw new CannotRun(`${explainVercel(answer, access.config)} Nothing was published.`)
  const read = await askVercel(access, `/item/${key}`)
  if (holds(read, envelope)) return
  if (isWritten) throw new CannotRun(notHeld(read, access, key))
  const isSeen = read.value !== undefined && (read.status === 200 || read.status === 404)
  const outcome = isSeen
    ? 'Nothing was published: what was there is still there.'
    : 'Whether it was published is not known: publish again.'
  throw new CannotRun(`${explainVercel(answer, access.config)} ${outcome}`)
}

// Of anything else it is open whether it was done before the answer was lost.
function isRefusal({ status, value }: VercelAnswer): boolean {
  return status >= 400 && status < 500 && value !== undefined
}

function holds({ status, value }: VercelAnswer, { signature, document }: RulesetEnvelope): boolean {
  const held = status === 200 && isObject(value) ? value.value : undefined
  return isObject(held) && held.signature === signature && held.document === document
}

function notHeld(read: VercelAnswer, { config }: VercelAccess, key: string): string {
  if (read.status === 200)
    return `It was written, but the item ${key} holds something else: somebody else published at the same time. Publish again.`
  return `It was written, but could not be read back: ${explainVercel(read, config)}`
}

async function readDigest(access: VercelAccess): Promise<string> {
  const { value } = await askVercel(access, '')
  return isObject(value) && typeof value.digest === 'string' ? `, digest ${printable(value.digest)}` : ''
}

function bareSizeOf({ published }: Publication, { signature }: RulesetEnvelope): number | undefined {
  if (published.document === undefined) return undefined
  const { document: _, ...bare } = published
  return sizeOf(JSON.stringify({ signature, document: JSON.stringify(bare) }))
}
