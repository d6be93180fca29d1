import { fileURLToPath } from 'node:url'
import { type NextServer, startNext } from '../../support/next-server.ts'

interface Builds {
  readonly buildDeploy: (env: Environment) => Promise<boolean>
}

type Environment = Readonly<Record<string, string>>

/** Builds the site of `examples/deploy` with this environment; nothing happens when it is built already. */
export async function buildSite(env: Environment): Promise<void> {
  const script = fileURLToPath(new URL('../../../scripts/lib/build.mjs', import.meta.url))
  const { buildDeploy } = (await import(script)) as Builds
  await buildDeploy(env)
}

/** Starts the built site, as `next start` with this environment; on a free port unless one is given. */
export function startSite(env: Environment, port?: number): Promise<NextServer> {
  return startNext({ example: 'deploy', probe: '/about', env, ...(port === undefined ? {} : { port }) })
}
