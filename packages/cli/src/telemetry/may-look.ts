import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/** Whether whoever asks may know more than that we are well. */
export type MayLook = (incoming: Pick<IncomingMessage, 'headers' | 'httpVersion' | 'socket'>) => boolean

const LEAST_TOKEN = 16
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const LOCAL_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i
// Whoever comes through a proxy is not from here, though the proxy is.
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']

/** The token that opens the health page; `undefined` when there is none. @throws CannotRun when it is too short to be one. */
export function readHealthToken(env: Io['env']): string | undefined {
  const token = env.ATTUNE_HEALTH_TOKEN || undefined
  if (token === undefined || token.length >= LEAST_TOKEN) return token
  throw new CannotRun(
    `ATTUNE_HEALTH_TOKEN has ${token.length} characters. Use at least ${LEAST_TOKEN}: \`openssl rand -hex 16\`.`,
  )
}

/**
 * With a token, whoever sends it (`Authorization: Bearer`, or as the password that a browser asks for) and nobody else; without one,
 * whoever asks this machine from itself by a name of its own, and nobody where `isShared` says that visitors are sent to the same port: what a proxy on this machine
 * passes on for others may look the same.
 */
export function createMayLook(token: string | undefined, isShared = false): MayLook {
  if (token === undefined) return isShared ? () => false : isFromHere
  return ({ headers }) => isSame(sentToken(headers.authorization ?? ''), token)
}

function isFromHere({ headers, httpVersion, socket }: Parameters<MayLook>[0]): boolean {
  // So nginx before 1.29.7 passes requests on unless it is told otherwise, without a word of its own.
  if (httpVersion === '1.0') return false
  if (!LOOPBACK.test(socket.remoteAddress ?? '') || !LOCAL_HOST.test(headers.host ?? '')) return false
  return !FORWARDED.some((name) => headers[name] !== undefined)
}

function sentToken(authorization: string): string {
  const [, scheme = '', rest = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? []
  if (scheme.toLowerCase() === 'bearer') return rest
  const text = Buffer.from(rest, 'base64').toString()
  return text.slice(text.indexOf(':') + 1)
}

// Digests are of one length, whatever was sent.
function isSame(sent: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(sent), digest(token))
}
