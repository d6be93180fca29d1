import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { sealRuleset } from '@attune/storage/ruleset-source'
import { CannotRun, isSet, textOption } from '../command.ts'
import { write } from '../io.ts'
import { requireSecret } from '../options/read-secret.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { countOf } from '../terminal/format.ts'
import { printable } from '../terminal/style.ts'
import { sizeOf, type Target } from './publication.ts'

/** Writes a file, or to standard output. */
export const toFile: Target = {
  options: ['out', 'sign'],
  async publish({ text: plain }, call, io) {
    const text = `${isSet(call, 'sign') ? await seal(plain, requireSecret(io.env, 'sign the ruleset')) : plain}\n`
    const out = textOption(call, 'out')
    if (out === undefined) await write(io.stdout, text)
    else replaceFile(out, text)
    return `${out === undefined ? 'standard output' : printable(out)}: ${countOf(sizeOf(text), 'byte')}`
  },
}

async function seal(text: string, secret: string): Promise<string> {
  return JSON.stringify(await sealRuleset(text, secret))
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
