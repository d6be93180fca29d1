import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { Trouble } from './trouble.mjs'

const LISTENING = '0A'

/** A port from the environment. Throws a Trouble for what is no port. */
export function readPort(name = 'PORT', preset = 3000) {
  const text = process.env[name]
  if (text === undefined || text === '') return preset
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Trouble(`${name} is "${text}", which is no port number.`, {
    cure: `${name}=${preset + 1} npm start`,
  })
}

/** Throws a Trouble that names the holder when the port, which `name` sets, cannot be listened on. */
export async function checkPort(port, name = 'PORT') {
  for (const host of ['::', '0.0.0.0', '127.0.0.1']) {
    const error = await tryToListen(port, host)
    if (error === 'EADDRINUSE') {
      throw new Trouble(`Port ${port} is taken${holderOf(port)}.`, {
        cure: `${name}=${port === 65_535 ? 3001 : port + 1} npm start`,
      })
    }
    if (error === 'EACCES') {
      throw new Trouble(`Port ${port} may not be used by this account.`, {
        cure: `${name}=${Math.max(port, 3000) + 1} npm start`,
      })
    }
  }
}

function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

function holderOf(port) {
  try {
    const pid = process.platform === 'linux' ? linuxHolder(port) : lsofHolder(port)
    return pid === undefined ? '' : ` by process ${pid} (${commandOf(pid)})`
  } catch {
    return ''
  }
}

function linuxHolder(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`)
  return readdirSync('/proc').find(
    (pid) => /^\d+$/.test(pid) && openFiles(pid).some((file) => sockets.includes(file)),
  )
}

function openFiles(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  } catch {
    // Not ours to look into, or ended meanwhile.
    return []
  }
}

function lsofHolder(port) {
  const found = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' })
  return found.split('\n')[0] || undefined
}

function commandOf(pid) {
  return execFileSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).trim().slice(0, 80)
}
