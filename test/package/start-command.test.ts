import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Started {
  readonly child: ChildProcess
  /** All that was printed so far, both streams. */
  readonly printed: () => string
  readonly ended: Promise<number | null>
}

let holder: Server
let port: string

beforeEach(async () => {
  holder = createServer().listen(0)
  await once(holder, 'listening')
  const address = holder.address()
  port = typeof address === 'object' && address !== null ? String(address.port) : ''
})
afterEach(() => {
  holder.close()
})

function start(env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: { ...process.env, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part))
  return { child, printed: () => text, ended: once(child, 'exit').then(([code]) => code) }
}

async function answers(): Promise<boolean> {
  return fetch(`http://localhost:${port}/`).then(
    () => true,
    () => false,
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

test('the shop answers, the addresses are printed, and SIGTERM leaves nothing behind', async () => {
  holder.close()
  const { child, ended, printed } = start({ PORT: port })
  await expect.poll(printed, { timeout: 90_000 }).toContain(`http://localhost:${port}/`)
  expect(await answers()).toBe(true)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(await answers()).toBe(false)
})
