import { type Hear, tellPage } from './bridges/tell.ts'
import { definePreferencesElement } from './preferences/preferences-element.ts'

export { PREFERENCES_TAG } from './preferences/preferences-element.ts'
export type { Choice, Kind, Question } from './preferences/question.ts'
export { ENGLISH, type PreferenceTexts } from './preferences/texts.ts'

/** Defines `<attune-preferences>` on this page; `track` hears what is answered, default `window.attune.track`. On a server it does nothing. */
export function definePreferences(track?: Hear): void {
  if (typeof window !== 'undefined') definePreferencesElement(window, track ?? tellPage(window))
}
