import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Ruleset } from '@attune/core'
import { readJson } from '@attune/core/json'
import { publishRuleset } from '@attune/core/publish'
import { CannotRun, type Command, type ExitCode, isSet, textOption } from '../command.ts'
import { write } from '../io.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { renderFindings } from '../terminal/findings.ts'
import { countOf } from '../terminal/format.ts'
import { printable, styleFor } from '../terminal/style.ts'
import { checkText } from './check.ts'

/** `attune publish`: checks a ruleset and writes the form from which hosts decide. */
export const publish: Command = {
  name: 'publish',
  summary: 'Checks a ruleset and writes its published form, from which pages are decided.',
  arguments: [{ name: 'ruleset', help: 'The JSON file of the document.' }],
  options: {
    out: { type: 'string', value: '<file>', help: 'Where to write; default standard output.' },
    'no-document': {
      type: 'boolean',
      help: 'Leaves the document itself out: about half as large, but nothing can be explained.',
    },
  },
  notes: [
    'Exit code 0 when it was written, 1 when the ruleset has errors (nothing is written), 2 for a file that cannot be read or written.',
    'A file that was there is replaced in one step: nobody reads half of it.',
  ],
  examples: [
    'attune publish ruleset.json --out ruleset.published.json',
    'attune publish ruleset.json --no-document > ruleset.published.json',
  ],
  async run(call, io): Promise<ExitCode> {
    const file = call.arguments[0]!
    const bytes = await readFile(file).catch((error) => {
      throw new CannotRun(describeFileTrouble(file, error))
    })
    const problems = checkText(bytes)
    if (problems.length > 0)
      await write(io.stderr, renderFindings(file, problems, styleFor(io.stderr, io.env)))
    if (problems.some(({ severity }) => severity === 'error')) return 1
    const published = publishRuleset(readChecked(bytes), { document: !isSet(call, 'no-document') })
    const text = `${JSON.stringify(published)}\n`
    const out = textOption(call, 'out')
    if (out === undefined) await write(io.stdout, text)
    else replaceFile(out, text)
    await write(io.stderr, `${sayWritten(out, text, published.revision)}\n`)
    return 0
  },
}

function sayWritten(out: string | undefined, text: string, revision: string): string {
  const where = out === undefined ? 'standard output' : printable(out)
  return `Published to ${where}: ${countOf(Buffer.byteLength(text), 'byte')}, revision ${printable(revision)}.`
}

// The checker said that the document is a ruleset.
function readChecked(bytes: Uint8Array): Ruleset {
  const read = readJson(decodeUtf8(bytes)!)
  return (read as { readonly value: unknown }).value as Ruleset
}

function replaceFile(file: string, text: string): void {
  const written = `${file}.${randomUUID()}.tmp`
  try {
    writeFileSync(written, text)
    renameSync(written, file)
  } catch (error) {
    rmSync(written, { force: true })
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing)
      throw new CannotRun(`There is no folder for ${JSON.stringify(file)}. Make it, or check the path.`)
    throw new CannotRun(describeFileTrouble(file, error))
  }
}
