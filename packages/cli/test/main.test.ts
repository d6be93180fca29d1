import { expect, test } from 'vitest'
import type { Call, Command } from '../src/command.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'

const calls: Call[] = []
const greet: Command = {
  name: 'greet',
  summary: 'Greets somebody.',
  arguments: [{ name: 'somebody', help: 'Whom to greet.' }],
  options: {
    words: { type: 'string', value: '<text>', help: 'What to say.' },
    loud: { type: 'boolean', help: 'Says it loudly.' },
    also: { type: 'string', multiple: true, help: 'Another to greet.' },
  },
  examples: ['attune greet Ann'],
  async run(call) {
    calls.push(call)
    return 1
  },
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = makeIo()
  const code = await main(args, [greet], io, '1.2.3')
  return { code, out: out(), err: err() }
}

test('a command gets its arguments and options, and its exit code is ours', async () => {
  calls.length = 0
  const { code, err } = await run('greet', '--words', 'hi', 'Ann', '--also=Bob', '--also', 'Cy')
  expect(code).toBe(1)
  expect(err).toBe('')
  expect(calls).toEqual([{ arguments: ['Ann'], options: { words: 'hi', also: ['Bob', 'Cy'] } }])
})

test('help lists the commands, and a command’s help its arguments, options and examples', async () => {
  for (const args of [['--help'], ['help'], ['-h']]) {
    const { code, out } = await run(...args)
    expect(code).toBe(0)
    expect(out).toContain('  greet  Greets somebody.')
  }
  for (const args of [
    ['greet', '--help'],
    ['help', 'greet'],
    ['greet', 'Ann', '--loud', '-h'],
  ]) {
    const { code, out } = await run(...args)
    expect(code).toBe(0)
    expect(out).toContain('Usage: attune greet <somebody> [options]')
    expect(out).toContain('  --words <text>  What to say.')
    expect(out).toContain('  attune greet Ann')
  }
})

test('the version is printed', async () => {
  expect(await run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' })
})

test('without a command the overview goes to standard error, exit code 2', async () => {
  const { code, out, err } = await run()
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: attune <command>')
})

test.each([
  [['gret', 'x'], 'attune: There is no command "gret". Did you mean greet? Commands: greet.'],
  [['--loud'], 'attune: There is no option "--loud". Commands: greet.'],
  [['greet', 'x', '--lod'], 'attune greet: There is no option --lod. Did you mean --loud?'],
  [['greet', 'x', '--__proto__'], 'attune greet: There is no option --__proto__.'],
  [['greet', 'x', '-z'], 'attune greet: There is no option -z.'],
  [['greet'], 'attune greet: <somebody> is missing: Whom to greet.'],
  [['greet', 'x', 'y'], 'attune greet: "y" is one argument too many.'],
  [['greet', 'x', '--words'], 'attune greet: --words needs a value: --words <text>.'],
  [['greet', 'x', '--words='], 'attune greet: --words needs a value: --words <text>.'],
  [['greet', 'x', '--loud=yes'], 'attune greet: --loud is a switch and takes no value.'],
  [['greet', 'x', '--words', 'a', '--words', 'b'], 'attune greet: --words stands twice. Keep one.'],
])('%j is refused with the cure and exit code 2', async (args, message) => {
  calls.length = 0
  const { code, out, err } = await run(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
  expect(err.endsWith('\n')).toBe(true)
  expect(calls).toEqual([])
})

test('a value after -- is an argument, whatever it looks like', async () => {
  calls.length = 0
  expect((await run('greet', '--', '--help')).code).toBe(1)
  expect(calls).toEqual([{ arguments: ['--help'], options: {} }])
})

test('control characters of a mistyped name never reach the terminal', async () => {
  const { err } = await run('\u001b[2Jx\u202e')
  expect(err).not.toMatch(/[^\P{Cc}\n]|\u202e/u)
})

test('what a package below wants to be told is told, without a stack', async () => {
  const full = new Error('[storage] sqlite: the disk is full. Make room.')
  const { io, err } = makeIo()
  const command: Command = { ...greet, run: () => Promise.reject(full) }
  expect(await main(['greet', 'x'], [command], io, '1')).toBe(2)
  expect(err()).toBe(`attune greet: ${full.message}\n`)
})

test('a fault of ours is not told as trouble of the user', async () => {
  const broken: Command = { ...greet, run: () => Promise.reject(new TypeError('ours')) }
  await expect(main(['greet', 'x'], [broken], makeIo().io, '1')).rejects.toThrow('ours')
})
