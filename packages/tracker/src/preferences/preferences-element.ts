import type { Hear } from '../bridges/tell.ts'
import { CONSENT_TAG, type ConsentElement } from '../consent/banner/consent-tag.ts'
import { readConsent } from '../consent/consent-cookie.ts'
import { loadQueue } from '../queue/mirror.ts'
import { encodeTraits } from '../traits/encode-traits.ts'
import { buildForm, type PreferenceForm } from './build-form.ts'
import { type Answer, isSameAnswer, type Question, readQuestions } from './question.ts'
import { isShown, type Known, readKnown } from './read-known.ts'
import { STYLES } from './styles.ts'
import { type PreferenceTexts, readTexts } from './texts.ts'

/** The element's name. */
export const PREFERENCES_TAG = 'attune-preferences'

const FROM = '/attune/traits'
// Workers fold what was sent a moment later, milliseconds.
const LOOK_AGAIN = [0, 400, 1_600]

/**
 * Defines `<attune-preferences>`: asks for traits, shows what is known of them, and tells what the visitor answers. Attributes: `questions`
 * (JSON, a list of `Question`), `from` (where what is known is read; default `/attune/traits`), `texts` (JSON), `theme` (`light`, `dark`; default
 * by the browser). Nothing is read or told without consent to `preferences`. Does nothing a second time.
 */
export function definePreferencesElement(window: Window & typeof globalThis, track: Hear): void {
  if (window.customElements.get(PREFERENCES_TAG)) return

  class AttunePreferences extends window.HTMLElement {
    #form: PreferenceForm | undefined
    #texts: PreferenceTexts = readTexts(null)
    #questions: readonly Question[] = []
    /** What is known, as far as it was read. */
    #known: Known | undefined
    #hasWarned = false
    #isAllowed: boolean | undefined

    connectedCallback(): void {
      if (!this.#form) this.#build()
      window.document.addEventListener('attune:consent', this.#show)
      this.#show()
    }

    disconnectedCallback(): void {
      window.document.removeEventListener('attune:consent', this.#show)
    }

    #build(): void {
      const root = this.attachShadow({ mode: 'open' })
      // Made by a constructor, so that a Content-Security-Policy needs no `unsafe-inline`.
      const sheet = new window.CSSStyleSheet()
      sheet.replaceSync(STYLES)
      root.adoptedStyleSheets = [sheet]
      this.#texts = readTexts(this.getAttribute('texts'))
      this.#questions = readQuestions(this.getAttribute('questions'))
      const choices = (): void => findConsent(window.document)?.openChoices()
      const form = buildForm(window.document, this.#texts, this.#questions, choices)
      form.form.addEventListener('submit', (event) => {
        event.preventDefault()
        if (form.form.getAttribute('aria-busy') !== 'true') void this.#save(form)
      })
      this.#form = form
      root.append(form.form)
    }

    readonly #show = (): void => {
      const form = this.#form
      const isAllowed = readConsent(window)?.includes('preferences') === true
      if (!form || isAllowed === this.#isAllowed) return
      this.#isAllowed = isAllowed
      form.consent.hidden = isAllowed
      form.questions.disabled = !isAllowed
      this.#known = undefined
      this.#fill(form)
      if (isAllowed) void this.#load(form)
    }

    async #load(form: PreferenceForm): Promise<void> {
      const known = await readKnown(window, this.#from())
      form.status.textContent = known === undefined ? this.#texts.unread : ''
      // What the visitor began to answer meanwhile stays.
      const isUntouched = this.#questions.every((question) => !this.#isChanged(form, question))
      this.#known = known
      this.#markShown(form)
      if (isUntouched) this.#fill(form)
    }

    async #save(form: PreferenceForm): Promise<void> {
      const answers = this.#questions.filter((question) => this.#isChanged(form, question))
      const told = answers.map(({ trait }, at) => [trait, form.read(answers[at]!)] as const)
      this.#say(form, this.#texts.saving, true)
      const taken = told.length > 0 && track('identify', encodeTraits(Object.fromEntries(told)))
      const isQueued = isWaiting(window)
      await taken
      const isSeen = await this.#sees(told, isQueued)
      this.#say(form, isSeen ? this.#texts.saved : this.#texts.underWay, false)
    }

    /** Looks whether what was told is what is known now; where nothing of it is shown, whether the collector took it from the queue. */
    async #sees(told: readonly Told[], isQueued: boolean): Promise<boolean> {
      const before = this.#known
      for (const delay of LOOK_AGAIN) {
        await new Promise((resolve) => setTimeout(resolve, delay))
        const known = await readKnown(window, this.#from())
        if (known === undefined) continue
        // What is not shown is known from here: else it could not be taken back.
        const hidden = [...Object.entries(before?.traits ?? {}), ...told].filter(
          ([trait]) => !isShown(known, trait),
        )
        this.#known = { ...known, traits: { ...Object.fromEntries(hidden), ...known.traits } }
        const seen = told.filter(([trait]) => isShown(known, trait))
        const isSame = seen.every(([trait, answer]) => isSameAnswer(known.traits[trait] ?? null, answer))
        // All was told at once, so what is seen speaks for the rest.
        const isTaken = seen.length > 0 || told.length === 0 || (isQueued && !isWaiting(window))
        if (isSame && isTaken) return true
      }
      return false
    }

    #markShown({ markShown }: PreferenceForm): void {
      const hidden = this.#questions.filter(({ trait }) => !isShown(this.#known, trait))
      for (const question of this.#questions) markShown(question, !hidden.includes(question))
      if (hidden.length === 0 || this.#hasWarned) return
      this.#hasWarned = true
      const names = hidden.map(({ trait }) => JSON.stringify(trait)).join(', ')
      window.console.warn(
        `[attune] <attune-preferences> asks for ${names}, which ${this.#from()} does not show: answers are kept, and not shown again. Name it in shownTraits, or with attune serve --show-trait.`,
      )
    }

    #say({ save, form, status }: PreferenceForm, text: string, isBusy: boolean): void {
      status.textContent = text
      form.setAttribute('aria-busy', String(isBusy))
      // Not disabled: that would take the focus away.
      save.setAttribute('aria-disabled', String(isBusy))
    }

    #fill(form: PreferenceForm): void {
      for (const question of this.#questions) form.write(question, this.#known?.traits[question.trait])
    }

    #isChanged(form: PreferenceForm, question: Question): boolean {
      // A switch that nobody knows of is off.
      const unknown = question.as === 'switch' ? false : null
      return !isSameAnswer(form.read(question), this.#known?.traits[question.trait] ?? unknown)
    }

    #from(): string {
      return this.getAttribute('from') ?? FROM
    }
  }

  window.customElements.define(PREFERENCES_TAG, AttunePreferences)
}

type Told = readonly [trait: string, answer: Answer]

/** Tells whether the collector has yet to answer for what was told. */
function isWaiting(window: Window): boolean {
  return loadQueue(window)?.[0].some(({ name }) => name === 'identify') === true
}

/** Our own choices of consent, where the page has them. */
function findConsent(document: Document): ConsentElement | null {
  return document.querySelector<ConsentElement>(`${CONSENT_TAG}:defined`)
}
