// Starts the collector of test/support in a process of its own, with a fresh database, for one round of the benchmark.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../test/support/collector-server.mjs', import.meta.url))

/** Starts a server; it ends with this process at the latest. */
export async function startServer(rulesetFile, secret) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'))
  const env = { ...process.env, ATTUNE_SECRET: secret }
  const child = fork(program, [rulesetFile, folder], { env, execArgv: [] })
  const hear = () => new Promise((resolve) => child.once('message', resolve))
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
    /** Ends the server as a crash would, and tells which events of which visitors its database holds. */
    end: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
      const db = new DatabaseSync(join(folder, 'attune.db'))
      const rows = db.prepare('SELECT visitor, id FROM events').all()
      db.close()
      rmSync(folder, { recursive: true })
      return rows
    },
  }
}
