import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readJson } from '@attune/core/json'
import { checkSecrets } from '../source/check-secrets.ts'
import { openEnvelope } from '../source/envelope.ts'
import { type Found, openSource } from '../source/open-source.ts'
import { parseJson } from '../source/parse-published.ts'
import { MAX_RULESET_BYTES, toText } from '../source/read-body.ts'
import type { RulesetSource } from '../source/ruleset-source.ts'
import { shareSource } from '../source/share-source.ts'
import { type SourceOptions, toSettings } from '../source/source-options.ts'
import { messageOf, trouble } from '../source/trouble.ts'

/** Where a published ruleset lies, and how it is looked after. */
export interface FileRulesetOptions extends SourceOptions {
  /** What `attune publish --out` writes. */
  readonly path: string
  /** With it the file must hold what `attune publish --sign` writes. Of several, any. Default: whatever lies there is trusted. */
  readonly secret?: string | readonly string[] | undefined
}

/**
 * Creates a source that reads a published ruleset from a file, and again when the file changed: its time, size or inode are looked at,
 * so it also works where changes are not announced. It trusts whoever can write the file. Without a secret, a flipped letter
 * in a name is not noticed; whatever could not decide is. Node.js alone.
 * @throws when the path is missing, or the secret is short.
 */
export function createFileRuleset(options: FileRulesetOptions): RulesetSource {
  if (!options.path)
    throw new Error('[storage] createFileRuleset: `path` is missing. Set it to what `attune publish` wrote.')
  const path = resolve(options.path)
  const secrets = options.secret === undefined ? [] : checkSecrets('createFileRuleset', options.secret)
  const { interval = 2_000 } = options
  const settings = toSettings('createFileRuleset', `the file ${path}`, { ...options, interval })
  return shareSource(['file', path, secrets], () =>
    openSource(settings, (known, signal) => readFile(path, settings.name, secrets, known, signal)),
  )
}

async function readFile(
  path: string,
  name: string,
  secrets: readonly string[],
  known: string | undefined,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const file = await open(path).catch((error: unknown) => {
    throw trouble(name, `cannot be read: ${messageOf(error)}. Check the path`, error)
  })
  try {
    const version = await stampOf(file)
    if (version === known) return undefined
    const text = await readText(file, name, signal)
    // A file that is replaced in one step stays the same behind its handle; one that is written in place does not.
    if ((await stampOf(file)) !== version)
      throw trouble(name, 'changed while it was read. Replace it in one step, as `attune publish --out` does')
    if (secrets.length === 0) {
      refuseLoose(name, text)
      return { text, version }
    }
    return { text: (await openEnvelope(name, parseJson(name, text), secrets)).text, version }
  } finally {
    await file.close()
  }
}

// Without a signature, a member that stands twice is all that tells of a piece that was written twice.
function refuseLoose(name: string, text: string): void {
  const read = readJson(text, MAX_RULESET_BYTES)
  const [problem] = read.ok ? [] : read.problems
  if (problem !== undefined)
    throw trouble(
      name,
      `is no sound JSON at ${problem.path}: ${problem.message} Let it hold what \`attune publish\` writes`,
    )
}

async function stampOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await file.stat({ bigint: true })
  return `${dev}.${ino}.${size}.${mtimeNs}`
}

async function readText(file: FileHandle, name: string, signal: AbortSignal): Promise<string> {
  const { size } = await file.stat()
  if (size > MAX_RULESET_BYTES)
    throw trouble(name, `has ${size} bytes, more than ${MAX_RULESET_BYTES}. Publish with --no-document`)
  try {
    return toText(await file.readFile({ signal }))
  } catch (error) {
    throw trouble(
      name,
      `cannot be read: ${messageOf(error)}. Let it hold what \`attune publish\` writes`,
      error,
    )
  }
}
