import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'

/**
 * Runs a program on a database file, and kills it `delay` milliseconds after it said `planted` and went to work; answers whether it had said
 * `done` by then.
 */
export async function killAtWork(
  program: string,
  path: string,
  { delay, done }: { readonly delay: number; readonly done: string },
): Promise<boolean> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stdout) {
    const wasPlanted = said.includes('planted')
    said += String(chunk)
    if (!wasPlanted && said.includes('planted')) setTimeout(() => child.kill('SIGKILL'), delay)
  }
  await ended
  expect(said).toContain('planted')
  return said.includes(done)
}
