import { checkMethods, wrongOption } from '../check-option.ts'

interface Parts {
  readonly queue: unknown
  readonly store: unknown
}

/**
 * Looks at what a queue is worked with. `from` names the factory.
 * @throws when the queue or the store is none, with the cure.
 */
export function checkParts(from: string, { queue, store }: Parts): void {
  const redis = 'Create one with createRedisQueue of @attune/storage/redis-queue.'
  checkMethods({ from, option: 'queue', value: queue, cure: redis }, ['push', 'consume'])
  const where = 'Give the store that is folded to, such as createRedisStore of @attune/storage/redis.'
  checkMethods({ from, option: 'store', value: store, cure: where }, ['append', 'load'])
}

/**
 * Looks at what a worker is given.
 * @throws when a part is missing or none, with the cure.
 */
export function checkWorker({
  queue,
  store,
  plan,
  signal,
}: Parts & { readonly plan: unknown; readonly signal: unknown }): void {
  const from = 'runWorker'
  checkParts(from, { queue, store })
  const planOf = 'Give a function that answers the plan in force: () => compiled.plan.'
  if (typeof plan !== 'function') throw wrongOption({ from, option: 'plan', value: plan, cure: planOf })
  const end = 'Give the signal of an AbortController, which ends the work.'
  checkMethods({ from, option: 'signal', value: signal, cure: end }, ['aborted', 'addEventListener'])
}
