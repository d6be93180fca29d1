import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { PublishedRuleset } from '@attune/core'
import { type Request as AskedRequest, type Response as GivenResponse, Miniflare } from 'miniflare'
import { readRuleset } from '../../examples/hono/ruleset.ts'

/** A Worker in workerd. */
export interface RunningWorker {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/** Answers what a Worker asks of others. Default: they do. */
export type Outbound = (request: AskedRequest) => Promise<GivenResponse>

type Bindings = Readonly<Record<string, string>>

const root = fileURLToPath(new URL('../../', import.meta.url))
const PUBLISHED = './ruleset.published.json'

/** Starts a Worker of `examples/worker` with what it is told of its surroundings. */
export async function startWorker(
  name: 'site' | 'upstash' | 'wordpress',
  bindings: Bindings,
  outbound?: Outbound,
): Promise<RunningWorker> {
  return startScript(await bundle(`${root}examples/worker/${name}.ts`), bindings, outbound)
}

/** Starts a Worker whose module has this text; it may import packages of ours. */
export async function startWorkerText(
  text: string,
  bindings: Bindings,
  outbound?: Outbound,
): Promise<RunningWorker> {
  return startScript(await bundle('entry', text), bindings, outbound)
}

async function startScript(script: string, bindings: Bindings, outbound?: Outbound): Promise<RunningWorker> {
  const worker = new Miniflare({
    modules: true,
    script,
    bindings: { ...bindings },
    ...(outbound === undefined ? {} : { outboundService: outbound }),
    compatibilityDate: '2026-05-01',
    // The place of every request, as Cloudflare would tell it.
    cf: { country: 'FR', city: 'Orléans', timezone: 'Europe/Paris' },
    host: '127.0.0.1',
    port: 0,
  })
  const url = await worker.ready
  return { origin: url.origin, stop: () => worker.dispose() }
}

/** One file, as a host's bundler makes it, of our sources. */
async function bundle(input: string, text?: string): Promise<string> {
  // The bundler that builds the packages.
  const tsdown = realpathSync(`${root}node_modules/tsdown/package.json`)
  const { rolldown } = await import(pathToFileURL(createRequire(tsdown).resolve('rolldown')).href)
  const made = await rolldown({
    input,
    platform: 'neutral',
    tsconfig: false,
    external: [/^cloudflare:/],
    plugins: [sources(text), publishedRuleset(readRuleset())],
  })
  const { output } = await made.generate({ format: 'esm' })
  await made.close()
  return output[0].code
}

// Workspace packages resolve to their source, so this needs no build.
function sources(text: string | undefined): object {
  return {
    name: 'sources',
    resolveId: (id: string) => {
      if (id === 'entry') return id
      const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(id) ?? []
      return name === undefined ? null : `${root}packages/${name}/src/${entry}.ts`
    },
    load: (id: string) => (id === 'entry' ? (text ?? null) : null),
  }
}

// In place of the file that `attune publish` writes.
function publishedRuleset(ruleset: PublishedRuleset): object {
  return {
    name: 'published-ruleset',
    resolveId: (id: string) => (id === PUBLISHED ? { id: '\0ruleset' } : null),
    load: (id: string) => (id === '\0ruleset' ? `export default ${JSON.stringify(ruleset)}` : null),
  }
}
