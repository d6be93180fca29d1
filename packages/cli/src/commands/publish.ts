import { readFile } from 'node:fs/promises'
import type { Ruleset } from '@attune/core'
import { readJson } from '@attune/core/json'
import { publishRuleset } from '@attune/core/publish'
import { type Call, CannotRun, type Command, type ExitCode, isSet } from '../command.ts'
import { write } from '../io.ts'
import type { Publication, Target } from '../publish/publication.ts'
import { toEdgeConfig } from '../publish/to-edge-config.ts'
import { toFile } from '../publish/to-file.ts'
import { toRedis } from '../publish/to-redis.ts'
import { toUpstash } from '../publish/to-upstash.ts'
import { AUDIT_OPTIONS, writeDownWhereNamed } from '../rights/write-down.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { renderFindings } from '../terminal/findings.ts'
import { printable, styleFor } from '../terminal/style.ts'
import { checkText } from './check.ts'

const TARGETS: { readonly [name: string]: Target } = {
  file: toFile,
  'edge-config': toEdgeConfig,
  redis: toRedis,
  upstash: toUpstash,
}

/** `attune publish`: checks a ruleset and puts the form from which hosts decide where they read it. */
export const publish: Command = {
  name: 'publish',
  summary: 'Checks a ruleset and publishes the form from which pages are decided.',
  arguments: [
    { name: 'target', help: `Where to: ${Object.keys(TARGETS).join(', ')}; default file.`, fallback: 'file' },
    { name: 'ruleset', help: 'The JSON file of the document.' },
  ],
  options: {
    'no-document': {
      type: 'boolean',
      help: 'Leaves the document itself out: about half as large, but nothing can be explained.',
    },
    out: { type: 'string', value: '<file>', help: 'file: where to write; default standard output.' },
    sign: { type: 'boolean', help: 'file: signs it with ATTUNE_SECRET, for a source that has the secret.' },
    config: {
      type: 'string',
      value: '<id>',
      help: 'edge-config: its id, ecfg_…; default that of EDGE_CONFIG.',
    },
    plan: {
      type: 'string',
      value: '<plan>',
      help: 'edge-config: hobby (8 KB), pro (64 KB) or enterprise (512 KB); default hobby.',
    },
    key: {
      type: 'string',
      value: '<key>',
      help: 'edge-config: the item; default attune. redis, upstash: the key; default attune:ruleset.',
    },
    ...AUDIT_OPTIONS,
  },
  notes: [
    'Exit code 0 when it was published, 1 when the ruleset has errors (nothing is published), 2 for what cannot be read or written.',
    'A file that was there is replaced in one step: nobody reads half of it. Elsewhere it is one write, which is read back.',
    'Where an audit log is named, with --audit or ATTUNE_AUDIT_LOG, it is written down first; what cannot be written down is not published.',
    'edge-config, redis and upstash are signed with ATTUNE_SECRET, and take VERCEL_TOKEN and VERCEL_TEAM_ID, REDIS_URL',
    '(else ATTUNE_REDIS_URL), or UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN from the environment.',
  ],
  examples: [
    'attune publish ruleset.json --out ruleset.published.json',
    'attune publish ruleset.json --no-document > ruleset.published.json',
    'attune publish edge-config ruleset.json --config ecfg_1234 --no-document',
    'attune publish redis ruleset.json',
  ],
  async run(call, io): Promise<ExitCode> {
    const [name, file] = call.arguments as readonly [string, string]
    const target = findTarget(name, file, call)
    const bytes = await readFile(file).catch((error) => {
      throw new CannotRun(describeFileTrouble(file, error))
    })
    const problems = checkText(bytes)
    if (problems.length > 0)
      await write(io.stderr, renderFindings(file, problems, styleFor(io.stderr, io.env)))
    if (problems.some(({ severity }) => severity === 'error')) return 1
    const publication = prepare(readChecked(bytes), !isSet(call, 'no-document'))
    const where = await writeDownWhereNamed(call, io, { action: 'ruleset.publish' }, async () => {
      const value = await target.publish(publication, call, io)
      return { value, counts: { [`target.${name}`]: 1, bytes: Buffer.byteLength(publication.text) } }
    })
    await write(io.stderr, `Published to ${where}, revision ${printable(publication.published.revision)}.\n`)
    return 0
  },
}

function findTarget(name: string, file: string, call: Call): Target {
  const names = Object.keys(TARGETS)
  if (name === 'file' && names.includes(file))
    throw new CannotRun(`<ruleset> is missing: \`attune publish ${file} ruleset.json\`.`)
  const target = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined
  if (target === undefined)
    throw new CannotRun(`There is no target ${JSON.stringify(name)}. Targets are ${names.join(', ')}.`)
  const own = ['no-document', ...Object.keys(AUDIT_OPTIONS), ...target.options]
  const foreign = Object.keys(call.options).find((option) => !own.includes(option))
  if (foreign === undefined) return target
  throw new CannotRun(`--${foreign} means nothing to the target ${name}. Leave it out.`)
}

function prepare(ruleset: Ruleset, document: boolean): Publication {
  const published = publishRuleset(ruleset, { document })
  return { published, text: JSON.stringify(published) }
}

// The checker said that the document is a ruleset.
function readChecked(bytes: Uint8Array): Ruleset {
  const read = readJson(decodeUtf8(bytes)!)
  return (read as { readonly value: unknown }).value as Ruleset
}
