import { wasmSettings } from './php-settings.mjs'
import { sitePackage } from './site-packages.mjs'

// A runtime's memory only grows; a new one takes half a second.
const REQUESTS_PER_RUNTIME = 300

/** PHP in WebAssembly that sees `folders`, each at its own path. One request at a time. */
export async function createWasmPhp(folders) {
  const { loadPHPRuntime, PHP, setPhpIniEntries } = await sitePackage('@php-wasm/universal')
  const { getPHPLoaderModule } = await sitePackage('@php-wasm/node-8-3')
  const createRuntime = async () =>
    loadPHPRuntime(await getPHPLoaderModule(), {
      quit(_code, error) {
        throw error
      },
      onRuntimeInitialized: listDots,
    })
  const php = new PHP(await createRuntime())
  php.enableRuntimeRotation({ recreateRuntime: createRuntime, maxRequests: REQUESTS_PER_RUNTIME })
  await setPhpIniEntries(php, wasmSettings)
  for (const folder of folders) {
    php.mkdir(folder)
    await php.mount(folder, (_php, FS, at) => {
      FS.mount(FS.filesystems.NODEFS, { root: folder }, at)
      return () => FS.unmount(at)
    })
  }
  return php
}

// PHP expects the two dots that Node's readdir leaves out.
function listDots({ FS }) {
  const operations = FS.filesystems.NODEFS.node_ops
  const { readdir } = operations
  operations.readdir = (node) => {
    const names = readdir.call(operations, node)
    return names.includes('.') ? names : ['.', '..', ...names]
  }
}
