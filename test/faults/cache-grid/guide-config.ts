import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const guide = fileURLToPath(new URL('../../../docs/guide/reverse-proxy.md', import.meta.url))

/** The configuration as the guide prints it: for nginx, or for Varnish (VCL). */
export function guideConfig(language: 'nginx' | 'vcl'): string {
  const [, block] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(readFileSync(guide, 'utf8')) ?? []
  if (block === undefined)
    throw new Error(`docs/guide/reverse-proxy.md has no ${language} configuration any more.`)
  return block
}
