import { createElement, Fragment, type ReactNode } from 'react'

/** What a visitor can be asked for. */
export type AskedPurpose = 'preferences' | 'statistics' | 'statistics-anonymous' | 'marketing'

/** How the banner asks; everything has a default. */
export interface ConsentBannerProps {
  /** Address of the tracker's `attune-consent.js`, of the site's own origin; default `/attune-consent.js`. */
  readonly src?: string
  /** What is asked for, in this order; default `preferences` and `statistics`. */
  readonly purposes?: readonly AskedPurpose[]
  /** Address of the privacy policy. */
  readonly privacy?: string
  /** Address of the page of what is kept of a visitor, `createMyDataRoute`: the choices name it. */
  readonly data?: string
  /** Texts in place of the English ones: the members that `ConsentTexts` of `@attune/tracker/consent-banner` lists. */
  readonly texts?: object
  /** Default by the browser. */
  readonly theme?: 'light' | 'dark'
  /** `obey` takes Do Not Track like Global Privacy Control; default `ignore`. */
  readonly doNotTrack?: 'ignore' | 'obey'
  /** Address of the route of `createConsentRoute`; without it answers are not proven. */
  readonly log?: string
  /** Names the texts in the log: letters, digits and `_.:/+-`, at most 64. Change it whenever the texts change. */
  readonly version?: string
  /** The nonce of a Content-Security-Policy that needs one. */
  readonly nonce?: string
}

/**
 * Asks for consent until the visitor answered, and holds their choices: put it once into the root layout, first in `<body>`. It is `<attune-consent>` and its
 * script; the page is complete without either. A click on an element with `data-attune-consent="open"` shows the choices.
 */
export function ConsentBanner({
  src = '/attune-consent.js',
  nonce,
  ...asked
}: ConsentBannerProps): ReactNode {
  const { purposes, texts, doNotTrack, privacy, data, theme, log, version } = asked
  const attributes = {
    purposes: purposes?.join(' '),
    privacy,
    data,
    texts: texts && JSON.stringify(texts),
    theme,
    'do-not-track': doNotTrack,
    log,
    version,
  }
  // The element is not React's: it keeps itself, and nothing of it is in the server's HTML that could be another in the browser.
  return (
    <Fragment>
      {createElement('attune-consent', { ...attributes, suppressHydrationWarning: true })}
      <script async src={src} nonce={nonce} />
    </Fragment>
  )
}
