import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './free-port.ts'
import { NO_REDIS, type RedisServer, startRedis } from './redis.ts'

/** Why tests over TLS are skipped; `false` when they are not. */
export const NO_REDIS_TLS: string | false =
  NO_REDIS || (!hasOpenssl() && 'there is no openssl (Debian: apt-get install openssl)')

/** An authority that signed one server's certificate. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly ca: string
  /** The file that holds it. */
  readonly file: string
  /** Of the server; its certificate names `localhost` and 127.0.0.1. */
  readonly certificate: string
  readonly key: string
  remove(): void
}

/** A Redis that is reached over TLS too. */
export interface TlsRedis {
  readonly server: RedisServer
  readonly port: number
}

function hasOpenssl(): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, 'openssl')))
}

/** Makes an authority and a certificate that is valid for `days` from now; with a negative number it has run out. */
export function makeAuthority(days = 2): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'attune-tls-'))
  const openssl = (command: string): void =>
    void execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' })
  const fresh = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
  openssl(
    `req -x509 ${fresh} -days 2 -subj /CN=attune-test-ca -keyout ca.key -out ca.pem -addext basicConstraints=critical,CA:TRUE`,
  )
  openssl(
    `req ${fresh} -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout server.key -out server.csr`,
  )
  openssl(
    `x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days ${days} -copy_extensions copy -out server.pem`,
  )
  const file = join(folder, 'ca.pem')
  return {
    ca: readFileSync(file, 'utf8'),
    file,
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Starts a Redis that shows a certificate on a port of its own; past TLS it is asked as always. */
export async function startTlsRedis(authority: Authority, ...args: readonly string[]): Promise<TlsRedis> {
  const port = await freePort()
  const { certificate, key, file } = authority
  const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', file]
  const server = await startRedis('--tls-port', String(port), '--tls-auth-clients', 'no', ...files, ...args)
  return { server, port }
}
