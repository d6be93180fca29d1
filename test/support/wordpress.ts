import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { choosePhp } from '../../scripts/lib/wordpress/choose-php.mjs'
import { ATTUNE, copyAttune } from '../../scripts/lib/wordpress/plugin.mjs'
import { debugLog, runPhp } from '../../scripts/lib/wordpress/run-php.mjs'
import { firstAnswer, type SiteServer, serveSite } from '../../scripts/lib/wordpress/serve-site.mjs'
import { configure, copySite } from '../../scripts/lib/wordpress/site-folder.mjs'
import { template } from '../../scripts/lib/wordpress/template.mjs'
import { testSites } from '../../scripts/lib/wordpress/versions.mjs'
import { freePort } from './free-port.ts'
import { fetchPage, type Login, logIn, type Role, type SiteRequest } from './wordpress-client.ts'

/** The oldest WordPress the plugin runs on and the newest that can be had. */
export type WordPressVersion = '6.5' | '6.7'

export interface WordPressOptions {
  readonly version: WordPressVersion
  /** Folders of plugins to activate beside Attune; the main file is called like its folder. */
  readonly plugins?: readonly string[]
  /** Must-use plugins: file name → PHP, with the opening tag. */
  readonly muPlugins?: Readonly<Record<string, string>>
  /** PHP to run once the plugins are active, as for `php`. */
  readonly content?: string
  /** A PHP file to run after that; it loads WordPress itself, from the folder ATTUNE_SITE. */
  readonly seed?: string
  /** False leaves Attune out. */
  readonly attune?: boolean
}

/** A WordPress of one test file: its own folder, database and port. */
export interface WordPressSite {
  readonly origin: string
  readonly folder: string
  /** Runs PHP (without the opening tag) inside WordPress on the command line, nobody being logged in; resolves to what it prints. */
  readonly php: (code: string) => Promise<string>
  /** Asks for a path; redirects are answers, not followed. */
  readonly fetch: (path: string, request?: SiteRequest) => Promise<Response>
  /** Logs a user in by the form. */
  readonly login: (role: Role) => Promise<Login>
  /** Notices, warnings and errors of WordPress so far; a sound site has none. */
  readonly debugLog: () => string
  /** What was mailed so far, as wp_mail was given it. */
  readonly mails: () => readonly Record<string, unknown>[]
  readonly stop: () => Promise<void>
}

const FIRST_ANSWER_MS = 60_000
const scripts = fileURLToPath(new URL('../../scripts/lib/wordpress/php/', import.meta.url))
let started = 0

/** Starts a fresh WordPress of the version asked for, installed, with the plugin active. Rejects with its logs when it does not answer. */
export async function startWordPress(options: WordPressOptions): Promise<WordPressSite> {
  const php = choosePhp()
  removeForgotten()
  const folder = join(testSites, `${process.pid}-${++started}`)
  copySite(await template(options.version, php), folder)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  configure(folder, {
    url: origin,
    secret: randomBytes(33).toString('base64url'),
    loopback: php.kind === 'native',
  })
  for (const [name, code] of Object.entries(options.muPlugins ?? {}))
    writeFileSync(join(folder, 'wp-content/mu-plugins', name), code)
  const plugins = addPlugins(folder, options)
  const run = async (code: string): Promise<string> => {
    const file = join(folder, `run-${randomBytes(6).toString('hex')}.php`)
    writeFileSync(file, `<?php\nrequire __DIR__ . '/wp-load.php';\n${code}\n`)
    return runPhp({ php, folder, file }).finally(() => rmSync(file, { force: true }))
  }
  const log = join(folder, 'server.log')
  let server: SiteServer | undefined
  const stop = async (): Promise<void> => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    if (plugins.length > 0) await runPhp({ php, folder, file: join(scripts, 'activate.php'), input: plugins })
    if (options.content !== undefined) await run(options.content)
    if (options.seed !== undefined) await runPhp({ php, folder, file: options.seed })
    server = serveSite({ folder, port, php, log })
    const status = await firstAnswer(`${origin}/wp-login.php`, server.ended, FIRST_ANSWER_MS)
    if (status !== 200)
      throw new Error(`WordPress did not start (${status}):\n${readIfThere(log)}\n${debugLog(folder)}`)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    folder,
    php: run,
    fetch: (path, request) => fetchPage(origin, path, request),
    login: (role) => logIn(origin, role),
    debugLog: () => debugLog(folder),
    mails: () => lines(readIfThere(join(folder, 'wp-content/mail.jsonl'))).map((line) => JSON.parse(line)),
    stop,
  }
}

function addPlugins(folder: string, { plugins = [], attune = true }: WordPressOptions): readonly string[] {
  for (const plugin of plugins)
    cpSync(plugin, join(folder, 'wp-content/plugins', basename(plugin)), { recursive: true })
  if (attune) copyAttune(folder)
  return [
    ...(attune ? [ATTUNE] : []),
    ...plugins.map((plugin) => `${basename(plugin)}/${basename(plugin)}.php`),
  ]
}

// What a killed test run could not remove.
function removeForgotten(): void {
  mkdirSync(testSites, { recursive: true })
  for (const name of readdirSync(testSites))
    if (!isAlive(Number(name.split('-')[0]))) rmSync(join(testSites, name), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
