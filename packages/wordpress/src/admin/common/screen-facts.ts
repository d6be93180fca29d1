/** What the server told the screen when it printed it. */
export interface ScreenFacts {
  /** Of the site: an IANA name, or an offset such as `+01:00`. */
  readonly timezone: string
  readonly canSetUp: boolean
}

/** The facts of this screen. */
export function screenFacts(): ScreenFacts {
  // Printed by our own server before this script.
  const { attuneScreen } = window as { readonly attuneScreen?: Partial<ScreenFacts> }
  return { timezone: attuneScreen?.timezone ?? '', canSetUp: attuneScreen?.canSetUp === true }
}

/** The site's time zone as a ruleset names it; empty where the site has an offset only. */
export function siteTimezone(): string {
  const { timezone } = screenFacts()
  return /^[A-Za-z]/.test(timezone) && timezone !== 'UTC' ? timezone : ''
}
