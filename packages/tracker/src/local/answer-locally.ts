/** Takes a batch as the tracker sends it. */
export type TakeBatch = (body: string) => void

/**
 * A page whose requests and beacons to `endpoint` are answered by the browser itself: `take` hears each batch at once. With
 * `forward` they go on to a collector there, whose answer then counts.
 */
export function answerLocally(
  window: Window & typeof globalThis,
  endpoint: string,
  take: TakeBatch,
  forward: boolean,
): Window & typeof globalThis {
  const fetchLocally = async (url: string, init: RequestInit = {}): Promise<Response> => {
    take(String(init.body))
    return forward ? window.fetch(url, init) : new window.Response('{}', { status: 200 })
  }
  const beaconLocally = (url: string, body: string): boolean => {
    take(body)
    return forward ? window.navigator.sendBeacon(url, body) : true
  }
  const navigator = overlay(window.navigator, { sendBeacon: only(endpoint, beaconLocally) })
  return overlay(window, { fetch: only(endpoint, fetchLocally), navigator })
}

// The tracker asks one address only.
function only<Answer>(
  endpoint: string,
  answer: (url: string, given: never) => Answer,
): (url: string, given: never) => Answer {
  return (url, given) => {
    if (url !== endpoint) throw new Error(`[tracker] local: ${url} is not ${endpoint}.`)
    return answer(url, given)
  }
}

// Browser objects insist on being `this` themselves, so their methods are bound to what lies below.
function overlay<T extends object>(below: T, above: { readonly [name: string]: unknown }): T {
  return new Proxy(below, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(above, name)) return above[name]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
}
