import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PNPM = 'pnpm@12.21.0'
const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a program in a folder, without what an outer npm put into the environment. Rejects with its output. */
export async function runIn(folder: string, command: string, args: readonly string[]): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(npm_|INIT_CWD|NODE_OPTIONS|VITEST)/.test(key),
  )
  const options = { cwd: folder, env: Object.fromEntries(inherited), maxBuffer: 64 * 1024 * 1024 }
  try {
    return (await promisify(execFile)(command, [...args], options)).stdout
  } catch (error) {
    const output =
      error instanceof Error && 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}` : ''
    throw new Error(`${command} ${args.join(' ')} failed:\n${output}`, { cause: error })
  }
}

/**
 * Packs every package, installs the tarballs with npm into an empty project at `folder`, and puts beside them what
 * the published packages leave to their user (Next.js, React, vitest, types).
 */
export async function installPacked(folder: string): Promise<void> {
  const tarballs = join(folder, 'tarballs')
  mkdirSync(tarballs)
  await runIn(root, 'npx', [
    '-y',
    PNPM,
    '-r',
    '--filter',
    './packages/*',
    // Installed as a zip, not from npm.
    '--filter',
    '!./packages/wordpress',
    'pack',
    '--pack-destination',
    tarballs,
  ])
  const dependencies = Object.fromEntries(
    readdirSync(tarballs).map((file) => [nameOf(file), `file:tarballs/${file}`]),
  )
  // Overrides: not one of our own names may be asked of a registry.
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, overrides }),
  )
  await runIn(folder, 'npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund'])
  for (const [name, owner] of LEFT_TO_THE_USER) link(name, owner, folder)
}

const LEFT_TO_THE_USER: readonly (readonly [name: string, owner: string])[] = [
  ['next', 'examples/next-shop'],
  ['react', 'examples/next-shop'],
  ['react-dom', 'examples/next-shop'],
  ['@types/react', 'examples/next-shop'],
  ['@types/node', '.'],
  ['vitest', '.'],
]

function link(name: string, owner: string, folder: string): void {
  const manifest = createRequire(join(root, owner, 'package.json')).resolve(`${name}/package.json`)
  const target = join(folder, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(dirname(manifest), target)
}

/** `attune-core-0.1.0.tgz` → `@attune/core` */
function nameOf(tarball: string): string {
  return tarball.replace(/^attune-(.+)-\d+\.\d+\.\d+.*\.tgz$/, '@attune/$1')
}
