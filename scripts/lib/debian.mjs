import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './paths.mjs'
import { run } from './processes.mjs'

const APT = ['-y', '-o', 'DPkg::Lock::Timeout=300']

/** Whether this account may install Debian's packages: a container's, mostly. */
export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Installs Debian's packages, and nothing that they merely recommend. Resolves to the log's path when that failed, else to undefined. */
export async function installDebian(packages) {
  const log = join(stateFolder, 'logs', 'apt-install.log')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', ...APT], { env, log: join(stateFolder, 'logs', 'apt-update.log') })
  const { code } = await run('apt-get', ['install', '--no-install-recommends', ...APT, ...packages], {
    env,
    log,
  })
  return code === 0 ? undefined : log
}
