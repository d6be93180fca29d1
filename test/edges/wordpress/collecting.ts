import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import type { PublishedRuleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import type { Browser, Page } from 'playwright-core'
import { newVisitor } from '../../support/browser.ts'
import type { WordPressSite } from '../../support/wordpress.ts'
import { SECRET } from '../../support/wordpress-stage.ts'
import { listen } from '../hosts.ts'
import { type RunningWorker, startWorkerText } from '../start-worker.ts'

const WORKER = `
  import { createWordPressWorker } from '@attune/edge/worker'
  import { createHttpRuleset } from '@attune/storage/ruleset-http'
  export default createWordPressWorker(({ secret, address, collector }) => ({
    ruleset: createHttpRuleset({ url: address + '/wp-json/attune/v1/ruleset', secret }),
    secret,
    site: new URL(address).host,
    patience: 5000,
    collect: (request) => fetch(collector + '/attune/collect', request),
  }))
`

/** Starts a Worker before a WordPress, and a collector behind the Worker, both by the ruleset that the WordPress gives out. */
export async function startCollecting(site: WordPressSite): Promise<RunningWorker> {
  // Its own server published it.
  const ruleset = (await (await site.fetch('/wp-json/attune/v1/ruleset')).json()) as PublishedRuleset
  const collector = createCollector({
    ruleset,
    secret: SECRET,
    site: new URL(site.origin).host,
    store: createMemoryStore(),
    allowedOrigins: [site.origin],
  })
  const behind = await listen(createNodeHandler(collector.handle), SECRET)
  const bindings = { secret: SECRET, address: site.origin, collector: behind.origin }
  const worker = await startWorkerText(WORKER, bindings)
  const stop = async (): Promise<void> => {
    await worker.stop()
    await behind.stop()
  }
  return { origin: worker.origin, stop }
}

/** Opens a page whose requests to a WordPress's own address go through a Worker, as through a route of Cloudflare's. */
export async function openThrough(browser: Browser, site: WordPressSite, worker: string): Promise<Page> {
  const context = await newVisitor(browser)
  await context.route(`${site.origin}/**`, async (route) => {
    const url = route.request().url().replace(site.origin, worker)
    const headers = { ...(await route.request().allHeaders()), host: new URL(site.origin).host }
    await route.fulfill({ response: await route.fetch({ url, headers, maxRedirects: 0 }) })
  })
  return context.newPage()
}
