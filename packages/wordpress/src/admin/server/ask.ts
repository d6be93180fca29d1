import apiFetch from '@wordpress/api-fetch'

/** Asks the plugin's own REST routes; `T` is what the route is documented to answer. */
export async function get<T>(route: string): Promise<T> {
  return (await apiFetch({ path: `/attune/v1/${route}` })) as T
}

/** Sends to one of the plugin's own REST routes. */
export async function post<T>(route: string, data: object = {}): Promise<T> {
  return (await apiFetch({ path: `/attune/v1/${route}`, method: 'POST', data })) as T
}

/** What went wrong, as WordPress tells it. */
export function troubleOf(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return String(told)
}

/** The HTTP status of a refused request, where WordPress tells it. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('status' in data)) return undefined
  return typeof data.status === 'number' ? data.status : undefined
}
