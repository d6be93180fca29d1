import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** `php -S` on a folder: one process, so that requests take turns and nothing runs beside them. */
export async function startServer(path, flags, folder) {
  const port = await freePort()
  const child = spawn(path, [...flags, '-S', `127.0.0.1:${port}`, '-t', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  // Its first words say that it listens.
  await Promise.race([once(child.stderr, 'data'), ended])
  child.stderr.resume()

  async function ask(query) {
    const answer = await fetch(`http://127.0.0.1:${port}/request.php?${query}`)
    const text = await answer.text()
    if (answer.ok && text.startsWith('{')) return JSON.parse(text)
    throw new Error(`PHP answered ${answer.status}: ${text.slice(0, 2_000)}`)
  }

  async function stop() {
    child.kill()
    await ended
  }

  return { ask, stop }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
