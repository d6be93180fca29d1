import { blocksOf, readPage } from '../../docs/markdown.ts'
import { guideConfig } from '../../faults/cache-grid/guide-config.ts'

const GUIDE = readPage('docs/guide/deploy-node.md')

/** nginx as both guides print it: the site, and events to the collector on this port. */
export function nginxOf(collector: number): string {
  return atEndOfServer(guideConfig('nginx'), addition('nginx', collector))
}

/** Varnish, likewise. */
export function vclOf(collector: number): string {
  return guideConfig('vcl') + addition('vcl', collector)
}

function addition(language: 'nginx' | 'vcl', collector: number): string {
  return textOf(language).replaceAll('8787', String(collector))
}

// Where an operator puts it who copies one page after the other.
function atEndOfServer(config: string, added: string): string {
  if (!/\n\}\s*$/.test(config))
    throw new Error('The recipe for nginx does not end with its `server` any more.')
  return config.replace(/\}\s*$/, `\n${added}}\n`)
}

/** The configuration of Redis that the guide names, as arguments. */
export function redisOf(): readonly string[] {
  return textOf('conf')
    .trim()
    .split('\n')
    .flatMap((line) => `--${line}`.split(' '))
}

function textOf(language: 'nginx' | 'vcl' | 'conf'): string {
  const block = blocksOf(GUIDE).find(({ info }) => info === language)
  if (block === undefined) throw new Error(`${GUIDE.path} has no block of ${language} any more.`)
  return block.text
}
