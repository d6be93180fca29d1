/** Every text of the preference centre; a site replaces those it wants to say otherwise, in its own language. */
export interface PreferenceTexts {
  readonly title: string
  readonly text: string
  readonly save: string
  readonly saving: string
  readonly saved: string
  /** Sent, but not yet seen again. */
  readonly underWay: string
  /** Under a question whose answer the site does not show again. */
  readonly notShown: string
  /** Nothing could be read. */
  readonly unread: string
  /** Of one of several choices: none of them. */
  readonly none: string
  /** Shown while the visitor has not granted that anything is remembered. */
  readonly consent: string
  readonly openConsent: string
}

/** What stands there unless a site says otherwise. */
export const ENGLISH: PreferenceTexts = {
  title: 'What may we know?',
  text: 'Tell us as much as you like. It is used to show what fits you, and you can change or empty it at any time.',
  save: 'Save',
  saving: 'Saving …',
  saved: 'Your answers are saved.',
  underWay: 'Your answers are on their way. They are sent again if the network fails.',
  notShown: 'What you answered here before is not shown again. What you answer now counts.',
  unread: 'What we know already could not be read. What you save now still counts.',
  none: 'No answer',
  consent: 'Your answers can only be kept if you allow this site to remember your preferences.',
  openConsent: 'Privacy choices',
}

/** Puts a site's own texts, as JSON, over the English ones. What is no text, or no JSON, changes nothing. */
export function readTexts(json: string | null): PreferenceTexts {
  try {
    const given: unknown = JSON.parse(json ?? '{}')
    const said = typeof given === 'object' && given !== null ? Object.entries(given) : []
    const own = said.filter(([name, text]) => Object.hasOwn(ENGLISH, name) && typeof text === 'string')
    return { ...ENGLISH, ...Object.fromEntries(own) }
  } catch {
    return ENGLISH
  }
}
