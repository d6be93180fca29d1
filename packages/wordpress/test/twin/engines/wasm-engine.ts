import { loadPHPRuntime, PHP, type PHPLoaderModule } from '@php-wasm/universal'
import type { Engine } from './engine.ts'
import { ANSWER, PLUGIN_FOLDER, type Program } from './plugin-folder.ts'

interface Loader {
  readonly getPHPLoaderModule: () => Promise<PHPLoaderModule>
}

/** PHP versions that npm has in WebAssembly, and their packages. */
const LOADERS: { readonly [version: string]: () => Promise<Loader> } = {
  '8.1': () => import('@php-wasm/node-8-1'),
  '8.2': () => import('@php-wasm/node-8-2'),
  '8.3': () => import('@php-wasm/node-8-3'),
  '8.4': () => import('@php-wasm/node-8-4'),
  '8.5': () => import('@php-wasm/node-8-5'),
}
/** Every version that the plugin promises to run on. */
export const WASM_VERSIONS: readonly string[] = Object.keys(LOADERS)

const SETTINGS = `ini_set( 'memory_limit', '512M' ); ini_set( 'html_errors', '0' ); error_reporting( -1 );`
// The streams of a command line are missing there.
const STREAMS = `define( 'STDIN', fopen( '/asked', 'rb' ) ); define( 'STDOUT', fopen( 'php://output', 'wb' ) );`
const SHOWN_ERROR = 2_000

/** Starts a PHP of npm in WebAssembly, in this process. Each batch is a request of its own there. */
export async function startWasm(version: string, program: Program = ANSWER): Promise<Engine> {
  const load = LOADERS[version]
  if (load === undefined) throw new Error(`npm has no PHP ${version}. There are ${WASM_VERSIONS.join(', ')}.`)
  const { getPHPLoaderModule } = await load()
  const runtime = await loadPHPRuntime(await getPHPLoaderModule(), {
    quit: (_code: number, error: unknown) => {
      throw error
    },
  })
  const php = new PHP(runtime)
  await php.setSapiName('cli')
  php.mkdir('/plugin')
  await php.mount('/plugin', (_php, FS, at) => {
    FS.mount(FS.filesystems.NODEFS!, { root: PLUGIN_FOLDER }, at)
    return () => FS.unmount(at)
  })
  const code = `<?php ${SETTINGS} ${STREAMS} require '/plugin/${program}';`
  const { text: exact } = await php.run({ code: '<?php echo PHP_VERSION;' })

  async function ask(lines: readonly string[]): Promise<readonly string[]> {
    php.writeFile('/asked', lines.map((line) => `${line}\n`).join(''))
    const { text, errors } = await php.run({ code })
    const given = text.split('\n').slice(0, -1)
    if (given.length === lines.length && errors === '') return given
    throw new Error(
      `PHP ${exact} gave ${given.length} of ${lines.length} answers: ${errors.slice(0, SHOWN_ERROR)} ${text.slice(-SHOWN_ERROR)}`,
    )
  }

  return { name: `PHP ${exact} in WebAssembly`, ask, end: async () => php.exit() }
}
