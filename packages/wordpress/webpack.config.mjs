import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const fromScripts = createRequire(require.resolve('@wordpress/scripts/package.json'))
const fromPreset = createRequire(fromScripts.resolve('@wordpress/babel-preset-default/package.json'))
const wordpress = require('@wordpress/scripts/config/webpack.config.js')
const { ProvidePlugin } = fromScripts('webpack')

const source = fileURLToPath(new URL('./src/', import.meta.url))

// Name in `build` → source. An entry whose source is not there is left out.
const ENTRIES = {
  'editor/editor': 'editor/editor.ts',
  'admin/segments': 'admin/segments.tsx',
  'admin/settings': 'admin/settings.tsx',
}

const entry = Object.fromEntries(
  Object.entries(ENTRIES)
    .map(([name, file]) => [name, join(source, file)])
    .filter(([, path]) => existsSync(path)),
)

// WordPress before 6.6 has no `react-jsx-runtime`: with it as a dependency our script would silently never load.
const classicJsx = [
  fromPreset.resolve('@babel/plugin-transform-react-jsx'),
  { runtime: 'classic', pragma: 'createElement', pragmaFrag: 'Fragment', useSpread: true },
]

const rules = wordpress.module.rules.map((rule) => {
  const [babel] = Array.isArray(rule.use) ? rule.use : []
  if (!babel?.loader?.includes('babel-loader')) return rule
  const plugins = [...(babel.options.plugins ?? []), classicJsx]
  return { ...rule, use: [{ ...babel, options: { ...babel.options, plugins } }] }
})

export default {
  ...wordpress,
  entry,
  // `front` is built by tsdown.
  output: { ...wordpress.output, clean: { keep: /^front\// } },
  module: { ...wordpress.module, rules },
  plugins: [
    ...wordpress.plugins,
    new ProvidePlugin({
      createElement: ['@wordpress/element', 'createElement'],
      Fragment: ['@wordpress/element', 'Fragment'],
    }),
  ],
}
