import { readConsent } from './consent-cookie.ts'
import { GOOGLE_SIGNALS, type GoogleSignal } from './follow/follow-google.ts'
import { type FollowOptions, pageOf } from './granted.ts'
import type { Purpose } from './purpose.ts'

// What each signal asks for. Nothing here is asked for security, so it is not spoken of as granted.
const ASKED: { readonly [S in GoogleSignal]: Purpose | undefined } = {
  ad_storage: 'marketing',
  ad_user_data: 'marketing',
  ad_personalization: 'marketing',
  analytics_storage: 'statistics',
  functionality_storage: 'preferences',
  personalization_storage: 'preferences',
  security_storage: undefined,
}

/**
 * Tells Google's tags what the visitor answered here: for sites whose consent tool is ours, called before any tag. Everything is denied by default, all
 * seven signals; then an `update` mirrors what is granted, now and after each change. Do not call it beside another consent tool.
 */
export function tellGoogle(options: FollowOptions = {}): void {
  const window = pageOf(options)
  if (window === undefined) return
  const page = window as unknown as { dataLayer?: unknown[] }
  const layer = page.dataLayer ?? []
  page.dataLayer = layer
  // Google's tags hear `arguments`, not arrays.
  function tell(_command: string, _kind: string, _states: object): void {
    // biome-ignore lint/complexity/noArguments: only this shape is heard
    layer.push(arguments)
  }
  const statesOf = (granted: readonly Purpose[]): object =>
    Object.fromEntries(
      GOOGLE_SIGNALS.map((signal) => {
        const purpose = ASKED[signal]
        return [signal, purpose !== undefined && granted.includes(purpose) ? 'granted' : 'denied']
      }),
    )
  tell('consent', 'default', statesOf([]))
  const mirror = (): void => {
    const granted = readConsent(window)
    if (granted !== undefined) tell('consent', 'update', statesOf(granted))
  }
  window.document.addEventListener('attune:consent', mirror)
  mirror()
}
