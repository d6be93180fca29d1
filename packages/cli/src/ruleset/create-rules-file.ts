import { type FileHandle, open } from 'node:fs/promises'
import { isObject, type Json, liveSecrets } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { readJson } from '@attune/core/json'
import { publishRuleset } from '@attune/core/publish'
import { createRulesetSource, openEnvelope, type RulesetSource } from '@attune/storage/ruleset-source'
import { unsoundRuleset } from '../options/read-ruleset.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'

/** Where a ruleset lies, and how it is looked after. */
export interface RulesFileOptions {
  readonly path: string
  /** Without it a file that was signed is refused. */
  readonly secret?: string | undefined
  /** Hears why there was no good answer. */
  readonly onError: (error: unknown, step: string) => void
}

// A published ruleset holds its document, and is several times as large.
const MAX_BYTES = 4 * 1024 * 1024
// To look at a file's time and size costs next to nothing.
const INTERVAL = 2_000

/** Creates a source that reads a document, which it checks and publishes itself, or what `attune publish --out` wrote of one, signed or not. */
export function createRulesFile({ path, secret, onError }: RulesFileOptions): RulesetSource {
  const name = `the file ${path}`
  const read = async (known: string | undefined) => {
    const file = await open(path).catch((error: unknown) => {
      throw new Error(`The file ${path} cannot be read: ${messageOf(error)}. Check the path.`)
    })
    try {
      const version = await stampOf(file)
      if (version === known) return undefined
      const text = await readText(file, path)
      // Half of what is being written may be sound by chance.
      if ((await stampOf(file)) !== version)
        throw new Error(
          `The file ${path} changed while it was read. Replace it in one step: write another, rename it.`,
        )
      return { text: await publishedText(path, name, text, secret), version }
    } finally {
      await file.close()
    }
  }
  return createRulesetSource(name, read, { interval: INTERVAL, onError })
}

async function publishedText(
  path: string,
  name: string,
  text: string,
  secret: string | undefined,
): Promise<string> {
  const json = readJson(text, MAX_BYTES)
  if (!json.ok) throw unsoundRuleset(path, json.problems)
  if (isSealed(json.value)) {
    if (secret === undefined)
      throw new Error(`The file ${path} is signed. Set ATTUNE_SECRET to the secret that it was signed with.`)
    return (await openEnvelope(name, json.value, liveSecrets(secret))).text
  }
  if (isObject(json.value) && 'published' in json.value) return text
  const ruleset = parseRuleset(json.value)
  if (!ruleset.ok) throw unsoundRuleset(path, ruleset.problems)
  return JSON.stringify(publishRuleset(ruleset.value))
}

function isSealed(value: Json): boolean {
  return isObject(value) && 'signature' in value && 'document' in value
}

async function readText(file: FileHandle, path: string): Promise<string> {
  const { size } = await file.stat()
  if (size > MAX_BYTES)
    throw new Error(`The file ${path} has ${size} bytes, more than ${MAX_BYTES}. Publish with --no-document.`)
  const bytes = await file.readFile().catch((error: unknown) => {
    throw new Error(`The file ${path} cannot be read: ${messageOf(error)}. Check the path.`)
  })
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new Error(`The file ${path} is no UTF-8. Save it as such.`)
  return text
}

async function stampOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await file.stat({ bigint: true })
  return `${dev}.${ino}.${size}.${mtimeNs}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
