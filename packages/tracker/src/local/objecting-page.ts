import { overlay } from './overlay.ts'

/** A page whose browser objects for its visitor by Global Privacy Control where it does so by Do Not Track: for sites that obey that. */
export function objectingPage(window: Window & typeof globalThis): Window & typeof globalThis {
  const { navigator } = window
  if ((navigator as { readonly doNotTrack?: string | null }).doNotTrack !== '1') return window
  return overlay(window, { navigator: overlay(navigator, { globalPrivacyControl: true }) })
}
