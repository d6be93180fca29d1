import { defineConfig, type UserConfig } from 'tsdown'

// Loaded by a plain <script> tag or printed into the page: one file, one scope, nothing to import.
function script(name: string, folder = 'front'): UserConfig {
  return {
    entry: { [name]: `src/${folder}/${name}.ts` },
    outDir: 'build/front',
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    minify: true,
    dts: false,
    clean: false,
    logLevel: 'warn',
    outputOptions: { entryFileNames: '[name].js', comments: false },
    // Everything is bundled: the plugin brings what it needs.
    deps: { alwaysBundle: [/^@attune\//] },
  }
}

const configs: UserConfig[] = defineConfig([
  script('attune'),
  script('resolver'),
  script('view-as', 'view-as'),
])

export default configs
