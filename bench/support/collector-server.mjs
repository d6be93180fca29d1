// Starts the collector of test/support in a process of its own, with a fresh store, for one round of the benchmark.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../test/support/collector-server.mjs', import.meta.url))
const worker = fileURLToPath(new URL('queue-worker.mjs', import.meta.url))

/** Starts a server on what `openStore` opens; it ends with this process at the latest. */
export async function startServer(rulesetFile, secret, openStore) {
  const store = await openStore()
  const env = { ...process.env, ...store.env, ATTUNE_SECRET: secret }
  const child = fork(program, [rulesetFile, store.folder], { env, execArgv: [] })
  const folder = store.env.ATTUNE_BENCH_QUEUE && fork(worker, [rulesetFile], { env, execArgv: [] })
  const hear = (from = child) => new Promise((resolve) => from.once('message', resolve))
  const { port } = await hear()
  return {
    port,
    /** Microseconds of processor time so far: of all its threads, and of the one that answers. */
    cpu: async () => {
      const heard = hear()
      child.send('cpu')
      const { cpu, main } = await heard
      return { all: cpu.user + cpu.system, main: main.user + main.system }
    },
    /** Milliseconds from an event's receipt to its profile; nothing where no worker folds. */
    delays: async () => {
      if (!folder) return undefined
      const heard = hear(folder)
      folder.send('delays')
      return heard
    },
    /** Ends the server as a crash would, and tells which events of which visitors its store holds. */
    end: async () => {
      await kill(child)
      const rows = await store.read()
      if (folder) await kill(folder)
      await store.close()
      return rows
    },
  }
}

async function kill(child) {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
