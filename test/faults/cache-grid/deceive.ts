import { sealPreview } from '../../support/preview.ts'
import type { GridCache } from './caches.ts'
import type { Stage } from './stage.ts'

/** What became of the spellings. */
export interface Deceived {
  readonly requests: number
  /** Spellings whose answer was kept, other than Next.js's redirects to a plainer spelling, which are the same for all. */
  readonly kept: readonly string[]
  /** Spellings by which somebody was told what is another's. */
  readonly shown: readonly string[]
}

const LANES = 12

/** Asks for each spelling as a visitor who looks at a preview, who is told most, and then as nobody, who is told what the cache kept. */
export async function runDeceptions(
  cache: GridCache,
  { shop, visitors }: Pick<Stage, 'shop' | 'visitors'>,
  paths: readonly string[],
): Promise<Deceived> {
  const { hiker, nobody } = visitors
  const preview = `attune_preview=${sealPreview(shop.secret, {})}`
  const told = hiker.headers.map(([name, value]) =>
    name === 'Cookie' ? ([name, `${value}; ${preview}`] as const) : ([name, value] as const),
  )
  const explained = await cache.ask({ path: '/attune/explain?path=/', headers: told })
  const secrets = [...hiker.own, '"profile"']
  if (explained.status !== 200 || !explained.body.includes('hiking'))
    throw new Error(
      `A preview is told nothing: ${explained.status} ${explained.body.toString().slice(0, 200)}`,
    )
  const kept: string[] = []
  const shown: string[] = []
  let requests = 0

  async function deceive(path: string): Promise<void> {
    const { status } = await cache.ask({ path, headers: told })
    if (status >= 500) shown.push(`${path}: ${status}`)
    // The second time: some caches pass every cookie by, and would keep what they told nobody first.
    for (const time of ['first', 'second']) {
      const answer = await cache.ask({ path, headers: nobody.headers })
      const secret = secrets.find(
        (text) => answer.body.includes(text) || [...answer.headers].join().includes(text),
      )
      if (secret !== undefined) shown.push(`${path}, the ${time} time: ${secret.slice(0, 60)}`)
      if (cache.wasStored(answer) && answer.status !== 308) kept.push(`${path}: ${answer.status}`)
    }
    requests += 3
  }

  async function runLane(lane: number): Promise<void> {
    for (let at = lane; at < paths.length; at += LANES) await deceive(paths[at]!)
  }
  await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)))
  return { requests, kept, shown }
}
