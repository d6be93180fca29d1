import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Started {
  readonly child: ChildProcess
  /** All that was printed so far, both streams. */
  readonly printed: () => string
  readonly ended: Promise<number | null>
}

let holder: Server
let port: string
let wordpressPort: string

beforeEach(async () => {
  holder = createServer().listen(0)
  await once(holder, 'listening')
  const address = holder.address()
  port = typeof address === 'object' && address !== null ? String(address.port) : ''
  wordpressPort = String(await freePort())
})
afterEach(() => {
  holder.close()
})

function start(env: Readonly<Record<string, string>>, args: readonly string[] = []): Started {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ATTUNE_WORDPRESS_PORT: wordpressPort, ...env },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part))
  return { child, printed: () => text, ended: once(child, 'exit').then(([code]) => code) }
}

/** The page at a path of ours, or undefined when nobody answers. */
async function page(origin: string, path: string): Promise<string | undefined> {
  return fetch(`${origin}${path}`).then(
    (answer) => answer.text(),
    () => undefined,
  )
}

test('a taken port is named with its holder and the cure, before anything is built', async () => {
  const { ended, printed } = start({ PORT: port })
  expect(await ended).toBe(1)
  expect(printed()).toMatch(new RegExp(`Port ${port} is taken by process ${process.pid} `))
  expect(printed()).toContain(`PORT=${Number(port) + 1} npm start`)
  expect(printed()).not.toContain('Building')
})

test('a PORT that is no port number is refused with the cure', async () => {
  const { ended, printed } = start({ PORT: 'eighty' })
  expect(await ended).toBe(1)
  expect(printed()).toContain('PORT is "eighty"')
})

test("a port for WordPress that is taken, no port number or the shop's own is named with the cure", async () => {
  const taken = start({ PORT: String(await freePort()), ATTUNE_WORDPRESS_PORT: port })
  expect(await taken.ended).toBe(1)
  expect(taken.printed()).toContain(`Port ${port} is taken`)
  expect(taken.printed()).toContain(`ATTUNE_WORDPRESS_PORT=${Number(port) + 1} npm start`)
  holder.close()
  for (const [given, said] of [
    ['none', 'ATTUNE_WORDPRESS_PORT is "none"'],
    [port, `cannot both have port ${port}`],
  ]) {
    const { ended, printed } = start({ PORT: port, ATTUNE_WORDPRESS_PORT: given! })
    expect(await ended).toBe(1)
    expect(printed()).toContain(said)
  }
})

test('a word that npm start does not know is refused', async () => {
  const { ended, printed } = start({ PORT: port }, ['--without-wordpress'])
  expect(await ended).toBe(1)
  expect(printed()).toContain('knows no "--without-wordpress"')
})

test('shop and WordPress answer, the addresses are printed, and SIGTERM leaves nothing behind', async () => {
  holder.close()
  const shop = `http://localhost:${port}`
  const wordpress = `http://127.0.0.1:${wordpressPort}`
  const { child, ended, printed } = start({ PORT: port })
  await expect.poll(printed, { timeout: 110_000 }).toContain('Ctrl-C ends it.')
  expect(printed()).toContain(`${wordpress}/wp-admin/  user: editor, password: `)
  expect(await page(shop, '/')).toContain('Fell &amp; Fjord')
  expect(await page(wordpress, '/')).toContain('Halden Coffee')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect([await page(shop, '/'), await page(wordpress, '/')]).toEqual([undefined, undefined])
})

test('without WordPress the shop answers, and nobody at its port', async () => {
  holder.close()
  const { child, ended, printed } = start({ PORT: port }, ['--no-wordpress'])
  await expect.poll(printed, { timeout: 90_000 }).toContain('Ctrl-C ends it.')
  expect(printed()).not.toContain('WordPress')
  expect(await page(`http://127.0.0.1:${wordpressPort}`, '/')).toBeUndefined()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a machine that cannot have WordPress has the shop all the same, and is told why', async () => {
  holder.close()
  const { child, ended, printed } = start({ PORT: port, ATTUNE_PHP: '/nowhere/php' })
  await expect.poll(printed, { timeout: 90_000 }).toContain('Ctrl-C ends it.')
  expect(printed()).toContain('ATTUNE_PHP names a PHP that cannot be used')
  expect(printed()).toContain('The shop goes on without WordPress.')
  expect(await page(`http://localhost:${port}`, '/')).toContain('Fell &amp; Fjord')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
