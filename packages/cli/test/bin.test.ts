import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const bin = fileURLToPath(new URL('../src/attune.ts', import.meta.url))
const loader = pathToFileURL(fileURLToPath(new URL('scripts/lib/resolve-source.mjs', root))).href

test('the program answers on standard output, tells trouble on standard error, and exits as it should', async () => {
  const evaluated = await run(['evaluate'], '{"now":1}\nx')
  expect(evaluated).toEqual({
    code: 0,
    out: '{"error":"$.ruleset: A case needs a ruleset. Give the whole document."}\n{"error":"$: A JSON value is expected (line 1, column 1, character 1). Correct the JSON."}\n',
    err: '',
  })
  const mistyped = await run(['evalute'])
  expect(mistyped).toMatchObject({ code: 2, out: '' })
  expect(mistyped.err).toContain('Did you mean evaluate?')
}, 30_000)

async function run(
  args: readonly string[],
  input = '',
): Promise<{ code: unknown; out: string; err: string }> {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--import',
    loader,
    bin,
    ...args,
  ])
  child.stdin.end(input)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, out, err }
}
