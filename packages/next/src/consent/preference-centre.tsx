import { createElement, Fragment, type ReactNode } from 'react'

/** One thing that is asked. */
export interface PreferenceQuestion {
  /** The trait that the answer is, as the ruleset declares it and `shownTraits` names it. */
  readonly trait: string
  readonly label: string
  /** What comes of it, in a sentence. */
  readonly about?: string
  /** Default `choice` where there are choices, else `switch`, a yes or no. */
  readonly as?: 'switch' | 'choice' | 'choices' | 'text' | 'number'
  readonly choices?: readonly (string | { readonly value: string; readonly label: string })[]
}

/** What the preference centre asks; everything but the questions has a default. */
export interface PreferenceCentreProps {
  readonly questions: readonly PreferenceQuestion[]
  /** Address of the tracker's `attune-preferences.js`, of the site's own origin; default `/attune-preferences.js`. */
  readonly src?: string
  /** Address of the route of `createIdentity`; default `/attune/traits`. */
  readonly from?: string
  /** Texts in place of the English ones: the members that `PreferenceTexts` of `@attune/tracker/preferences` lists. */
  readonly texts?: object
  /** Default by the browser. */
  readonly theme?: 'light' | 'dark'
  /** The nonce of a Content-Security-Policy that needs one. */
  readonly nonce?: string
}

/**
 * Asks a visitor what they like, shows what is known of it, and lets them change it or take it back: `<attune-preferences>` and its script. The page is
 * complete without either; without consent to `preferences` nothing is read or kept.
 */
export function PreferenceCentre({
  src = '/attune-preferences.js',
  nonce,
  questions,
  texts,
  from,
  theme,
}: PreferenceCentreProps): ReactNode {
  const attributes = {
    questions: JSON.stringify(questions),
    from,
    texts: texts && JSON.stringify(texts),
    theme,
  }
  // The element is not React's: it keeps itself, and nothing of it is in the server's HTML that could be another in the browser.
  return (
    <Fragment>
      {createElement('attune-preferences', { ...attributes, suppressHydrationWarning: true })}
      <script async src={src} nonce={nonce} />
    </Fragment>
  )
}
