// Serves a WordPress folder with the machine's PHP: node serve-native.mjs <php> <folder> <port>
// It leads the process group in which PHP's workers are: a killed PHP leaves them alive and holding the port.
import { spawn } from 'node:child_process'
import { below } from '../paths.mjs'
import { phpSettings } from './php-settings.mjs'

const WORKERS = '4'

const [php, folder, port] = process.argv.slice(2)
const router = below('scripts', 'lib', 'wordpress', 'php', 'router.php')
const server = spawn(php, [...phpSettings, '-S', `127.0.0.1:${port}`, '-t', folder, router], {
  env: { ...process.env, PHP_CLI_SERVER_WORKERS: WORKERS },
  stdio: ['ignore', 'inherit', 'inherit'],
})
server.on('exit', (code) => process.exit(code ?? 1))
server.on('error', () => process.exit(127))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(0))

process.on('exit', () => {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    // Started by hand, in somebody else's group.
    server.kill('SIGKILL')
  }
})
