/** What a Worker is told beside the request. */
export interface WorkerContext {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException?(): void
}

/** What a Worker's module exports as default. */
export interface WorkerHandler<Env> {
  fetch(request: Request, env: Env, context: WorkerContext): Promise<Response>
}

/** Makes a handler that opens its options at the first request: what a Worker knows of its surroundings is told with a request. */
export function openOnce<Env, Options extends object, Opened>(
  options: Options | ((env: Env) => Options),
  open: (options: Options) => Opened,
  answer: (opened: Opened, request: Request, context: WorkerContext) => Promise<Response>,
): WorkerHandler<Env> {
  let opened = typeof options === 'function' ? undefined : open(options)
  return {
    fetch: async (request, env, context) => {
      // On a route of its own zone a Worker that fails is passed by.
      context.passThroughOnException?.()
      opened ??= open(typeof options === 'function' ? options(env) : options)
      return answer(opened, request, context)
    },
  }
}
