import http from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { below } from '../paths.mjs'
import { start } from '../processes.mjs'
import { findNode, toolEnv } from '../toolchain.mjs'

const ASK_EVERY_MS = 100
const guard = pathToFileURL(below('scripts', 'lib', 'end-with-parent.mjs')).href

/**
 * Starts the server of the site in `folder`; see `start` for the result.
 * It is one process group, which ends with all its workers by `stop`, and when this process does.
 */
export function serveSite({ folder, port, php, log }) {
  const ours = below('scripts', 'lib', 'wordpress')
  const how =
    php.kind === 'native'
      ? [join(ours, 'serve-native.mjs'), php.path, folder, String(port)]
      : [join(ours, 'serve-wasm.mjs'), folder, String(port)]
  const { child, ended } = start(findNode(), ['--import', guard, ...how], { env: toolEnv(), log })
  return { child, ended, stop: () => stop(child, ended) }
}

async function stop(child, ended) {
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    // ESRCH: it ended by itself.
  }
  await ended
}

/** Resolves to the status of the first answer, to `ended` when the server ended before it, to undefined after `limitMs`. */
export async function firstAnswer(url, ended, limitMs) {
  let over = false
  const end = ended.then(() => {
    over = true
    return 'ended'
  })
  return Promise.race([end, ask(url, performance.now() + limitMs, () => over)])
}

async function ask(url, limit, over) {
  while (!over() && performance.now() < limit) {
    const status = await statusOf(url)
    if (status !== undefined) return status
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return undefined
}

// Not by `fetch`: PHP's own server ends each connection, and undici throws when that meets an answer nobody is reading.
function statusOf(url) {
  return new Promise((resolve) => {
    http
      .get(url, { agent: false }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
      .on('error', () => resolve(undefined))
  })
}
