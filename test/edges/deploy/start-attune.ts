import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../../packages/cli/dist/attune.js', import.meta.url))
const WATCHED = fileURLToPath(new URL('../../../scripts/lib/end-with-parent.mjs', import.meta.url))
const READY_LIMIT_MS = 20_000

/** A command of ours in a process of its own, from the built packages. */
export interface RunningCommand {
  /** Ends it as a service manager does; resolves to its exit code. */
  readonly stop: () => Promise<number | null>
}

/** Starts `attune <words>`; resolves when it said what it says once it is ready. */
export async function startAttune(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<RunningCommand> {
  const child = spawn(process.execPath, ['--import', WATCHED, PROGRAM, ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const ended = once(child, 'exit')
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM')
    const [code] = await ended
    return code
  }
  try {
    await vi.waitFor(() => {
      if (!ready.test(said)) throw new Error(`attune ${words.join(' ')} is not ready: ${said}`)
    }, READY_LIMIT_MS)
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}
