import { blocksOf, readPage } from '../../docs/markdown.ts'
import { guideConfig } from '../../faults/cache-grid/guide-config.ts'

const GUIDE = readPage('docs/guide/deploy-node.md')

/** nginx as both guides print it: the site, and events to the collector on this port. */
export function nginxOf(collector: number): string {
  return placed(guideConfig('nginx'), '  location /attune/ {', addition('nginx', collector))
}

/** Varnish, likewise. */
export function vclOf(collector: number): string {
  return guideConfig('vcl') + addition('vcl', collector)
}

function addition(language: 'nginx' | 'vcl', collector: number): string {
  return textOf(language).replace('8787', String(collector))
}

function placed(config: string, before: string, added: string): string {
  if (!config.includes(before)) throw new Error(`The recipe for nginx has no line "${before}" any more.`)
  return config.replace(before, `${added}\n${before}`)
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
