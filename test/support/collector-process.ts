import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A collector in a process of its own, from the built packages. */
export interface CollectorProcess {
  readonly url: string
  /** Ends it as a power cut would: nothing of it gets to run. Resolves when it is gone. */
  readonly kill: () => Promise<void>
}

export const COLLECTOR_SECRET = 'the secret of collectors under test of 32 characters and more'
/** The ruleset it serves by default. */
export const COLLECTOR_RULESET: string = fileURLToPath(new URL('./collector-ruleset.json', import.meta.url))

/** Starts a collector whose database lies in `folder`; it ends with this process at the latest. */
export async function startCollector(
  folder: string,
  ruleset: string = COLLECTOR_RULESET,
): Promise<CollectorProcess> {
  const program = fileURLToPath(new URL('./collector-server.mjs', import.meta.url))
  const child = fork(program, [ruleset, folder], {
    env: { ...process.env, ATTUNE_SECRET: COLLECTOR_SECRET },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const port = await portOf(child)
  return {
    url: `http://127.0.0.1:${port}/attune/collect`,
    kill: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { readonly port: number }) => resolve(message.port))
    child.once('exit', (code) => reject(new Error(`The collector ended with ${code} before it served.`)))
    child.once('error', reject)
  })
}
