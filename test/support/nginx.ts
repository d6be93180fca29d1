import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const USUAL_PLACES = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', '/usr/bin', '/usr/local/bin']
const READY_LIMIT_MS = 10_000
const ASK_EVERY_MS = 50

/** The machine's nginx; undefined when there is none, or ATTUNE_NGINX=none leaves it alone. */
export function findNginx(): string | undefined {
  if (process.env.ATTUNE_NGINX === 'none') return undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...USUAL_PLACES]
  return folders.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path))
}

/** An nginx of one test file. */
export interface Nginx {
  readonly folder: string
  readonly stop: () => Promise<void>
}

/**
 * Starts nginx with what stands in the `http` block, in a folder of its own; `http` is given that folder. Resolves when it
 * listens on `port`, rejects with its log when it does not.
 */
export async function startNginx(
  program: string,
  port: number,
  http: (folder: string) => string,
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-nginx-'))
  mkdirSync(join(folder, 'temp'))
  const config = join(folder, 'nginx.conf')
  writeFileSync(config, configOf(folder, http(folder)))
  const log = join(folder, 'error.log')
  const child = spawn(program, ['-c', config, '-p', folder, '-e', log], { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  if (await listens(child, port)) return { folder, stop }
  const said = existsSync(log) ? readFileSync(log, 'utf8') : ''
  await stop()
  throw new Error(`nginx did not start:\n${said}\n${config}`)
}

function configOf(folder: string, http: string): string {
  // Started as root its workers would be somebody who may not enter the folder.
  const user =
    process.getuid?.() === 0 ? `user ${execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()};` : ''
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
    daemon off;
    worker_processes 1;
    ${user}
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/temp/${name};`).join('\n      ')}
      ${http}
    }`
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
  const limit = performance.now() + READY_LIMIT_MS
  while (child.exitCode === null && performance.now() < limit) {
    const answered = await fetch(`http://127.0.0.1:${port}/favicon.ico`, { method: 'HEAD' }).then(
      () => true,
      () => false,
    )
    if (answered) return true
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return false
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
