import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeFolder } from '../../packages/cli/test/support/make-folder.ts'
import { BROWSER, startServing } from '../../packages/cli/test/support/start-serving.ts'
import { freePort } from '../support/free-port.ts'
import { findNginx, startNginx } from '../support/nginx.ts'
import { blocksOf, readPage } from './markdown.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const page = readPage('docs/guide/plain-html.md')
const textOf = (info: string, part = ''): string =>
  blocksOf(page).find((block) => block.info === info && block.text.includes(part))!.text
const scripts = [...textOf('html').matchAll(/src="\/(attune[\w-]*)\.js"/g)].map(([, name]) => name ?? '')
const nginx = findNginx()

/** Collector and nginx as the page starts them; answers where pages are. */
async function startSite(program: string): Promise<string> {
  const folder = makeFolder({ 'rules.json': textOf('json') })
  const [, command = ''] = textOf('sh', 'attune serve').split('attune serve ')
  const words = command.trim().split(' ')
  // The test names a ruleset, a folder and a port of its own.
  const own = words.flatMap((word, at) => (['--ruleset', '--data'].includes(word) ? [at, at + 1] : []))
  const { base } = await startServing(
    words.filter((_, at) => !own.includes(at)),
    { folder },
  )
  const port = await freePort()
  const { stop } = await startNginx(program, port, (at) => {
    const site = join(at, 'site')
    mkdirSync(site)
    writeFileSync(join(site, 'index.html'), textOf('html'))
    for (const name of scripts) writeFileSync(join(site, `${name}.js`), `// ${name}`)
    return textOf('nginx')
      .replace(/listen\s+80;/, `listen 127.0.0.1:${port};`)
      .replace('/srv/site', site)
      .replaceAll('http://127.0.0.1:8787', base)
  })
  onTestFinished(stop)
  return `http://127.0.0.1:${port}`
}

test('the scripts of the page are built from a source', () => {
  expect(scripts).toEqual(['attune-consent', 'attune'])
  const source = (name: string) =>
    fileURLToPath(new URL(`../../packages/tracker/src/${name}.ts`, import.meta.url))
  expect(scripts.filter((name) => !existsSync(source(name)))).toEqual([])
})

test.skipIf(nginx === undefined)(
  `nginx as the page prints it serves files, and the collector answers behind it${nginx === undefined ? ': there is none' : ''}`,
  async () => {
    const site = await startSite(nginx!)
    expect(await (await fetch(`${site}/index.html`)).text()).toBe(textOf('html'))
    expect(await (await fetch(`${site}/attune-consent.js`)).text()).toBe('// attune-consent')
    const headers = {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      origin: site,
      cookie: 'attune_consent=preferences',
    }
    const add = { id: 'a', name: 'add_to_cart', time: Date.now(), properties: { item_id: 'boots' } }
    const told = await fetch(`${site}/attune/collect`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events: [add] }),
    })
    expect(await told.json()).toMatchObject({ accepted: 1, rejected: [] })
    const cookie = told.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const mine = await fetch(`${site}/attune/my-data`, {
      headers: { ...headers, cookie: `${cookie}; ${headers.cookie}` },
    })
    expect([mine.status, await mine.text()]).toEqual([200, expect.stringContaining('Delete everything')])
    const elsewhere = { ...headers, origin: 'https://elsewhere.example' }
    const refused = await fetch(`${site}/attune/collect`, { method: 'POST', headers: elsewhere, body: '{}' })
    expect(refused.status).toBe(403)
    expect((await (await fetch(`${site}/.well-known/gpc.json`)).json()).gpc).toBe(true)
    expect((await fetch(`${site}/health`)).status).toBe(404)
  },
)
