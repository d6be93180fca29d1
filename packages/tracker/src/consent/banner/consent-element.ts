import { announce } from '../../announce.ts'
import { readConsent } from '../consent-cookie.ts'
import type { Granted } from '../granted.ts'
import type { Purpose } from '../purpose.ts'
import { buildView, type View } from './build-view.ts'
import { CONSENT_TAG, type ConsentElement } from './consent-tag.ts'
import { isObjecting, isOverruled, markObjection, obeyDoNotTrack } from './objection.ts'
import { STYLES } from './styles.ts'
import { readTexts } from './texts.ts'
import { type AnswerBy, type Proof, writeAnswer } from './write-answer.ts'

const KNOWN: readonly string[] = [
  'preferences',
  'statistics',
  'statistics-anonymous',
  'marketing',
] satisfies Purpose[]
const ASKED = 'preferences statistics'

/**
 * Defines `<attune-consent>`: a banner that asks until the visitor answered, and the choices behind it. Attributes: `purposes` (what is
 * asked for; default `preferences statistics`), `privacy` (address of the policy), `data` (address of the page of what is kept of a visitor), `texts` (JSON), `theme` (`light`, `dark`; default by
 * the browser), `do-not-track` (`obey`: taken like Global Privacy Control), `log` and `version` (where answers are proven, and the name of the texts). A click on an element with
 * `data-attune-consent="open"`, `"none"` or `"all"` shows the choices, withdraws or allows all. While the banner asks the element has the attribute `asking`.
 * Does nothing a second time.
 */
export function defineConsentElement(window: Window & typeof globalThis): void {
  if (window.customElements.get(CONSENT_TAG)) return
  markObjection(window)

  class AttuneConsent extends window.HTMLElement implements ConsentElement {
    #view: View | undefined

    connectedCallback(): void {
      if (this.#view) return
      const root = this.attachShadow({ mode: 'open' })
      // Made by a constructor, so that a Content-Security-Policy needs no `unsafe-inline`.
      const sheet = new window.CSSStyleSheet()
      sheet.replaceSync(STYLES)
      root.adoptedStyleSheets = [sheet]
      const view = buildView(window.document, {
        texts: readTexts(this.getAttribute('texts')),
        purposes: this.#purposes(),
        privacy: this.getAttribute('privacy') ?? '',
        data: this.getAttribute('data') ?? '',
        objects: this.#objects(),
        onAccept: () => this.answer('all'),
        onRefuse: () => this.answer('none'),
        onChoose: () => this.openChoices(),
        onSave: () => this.#save(),
        onClose: () => view.dialog.close(),
      })
      this.#view = view
      root.append(view.banner, view.dialog, view.status)
      this.#show()
      window.document.addEventListener('attune:consent', this.#show)
      window.document.addEventListener('click', this.#onClick)
    }

    disconnectedCallback(): void {
      window.document.removeEventListener('attune:consent', this.#show)
      window.document.removeEventListener('click', this.#onClick)
      this.#view = undefined
    }

    openChoices(): void {
      const view = this.#view
      if (!view || view.dialog.open) return
      // As they stand; nothing is ticked for a visitor who was not asked.
      const granted = readConsent(window) ?? []
      for (const [purpose, box] of view.boxes) box.checked = granted.includes(purpose)
      // Of who allowed nothing there is nothing to delete.
      if (view.data) view.data.hidden = granted.length === 0
      if (view.objection) {
        const { objection, overruled } = readTexts(this.getAttribute('texts'))
        view.objection.textContent = isOverruled(window) ? overruled : objection
      }
      view.status.textContent = ''
      view.dialog.showModal()
      // Browsers keep how far it was scrolled when it was closed.
      view.dialog.scrollTop = 0
      this.shadowRoot?.activeElement?.scrollIntoView({ block: 'nearest' })
    }

    /** Answers for the visitor who clicked: everything that is asked for, or nothing. */
    answer(all: 'all' | 'none'): void {
      const granted = all === 'none' ? all : this.#granted(() => true)
      this.#write(granted, all === 'none' ? 'refuse' : 'accept')
    }

    #save(): void {
      const boxes = this.#view?.boxes
      this.#write(
        this.#granted((purpose) => boxes?.get(purpose)?.checked === true),
        'choices',
      )
    }

    #write(granted: Granted | 'none', by: AnswerBy): void {
      writeAnswer(window, { granted, by, objects: this.#objects() }, this.#proof())
      this.#show()
      this.#view?.dialog.close()
      if (this.#view) this.#view.status.textContent = readTexts(this.getAttribute('texts')).saved
    }

    #granted(isGranted: (purpose: Purpose) => boolean): Granted {
      const granted = Object.fromEntries(this.#purposes().map((purpose) => [purpose, isGranted(purpose)]))
      // Who lets visits be told apart lets them be counted, unless that is asked for by itself.
      return 'statistics' in granted ? { 'statistics-anonymous': granted.statistics, ...granted } : granted
    }

    #purposes(): readonly Purpose[] {
      const named = (this.getAttribute('purposes') ?? ASKED).split(/\s+/)
      return named.filter((name): name is Purpose => KNOWN.includes(name))
    }

    #objects(): boolean {
      return isObjecting(window, this.#obeys())
    }

    #obeys(): boolean {
      return this.getAttribute('do-not-track') === 'obey'
    }

    #proof(): Proof | undefined {
      const log = this.getAttribute('log')
      return log === null ? undefined : { log, version: this.getAttribute('version') ?? '' }
    }

    readonly #show = (): void => {
      if (this.#obeys() && obeyDoNotTrack(window)) announce(window, 'attune:consent')
      if (!this.#view) return
      const asks = readConsent(window) === undefined
      this.#view.banner.hidden = !asks
      // For the page's style sheet: room below its last lines.
      this.toggleAttribute('asking', asks)
    }

    readonly #onClick = (event: Event): void => {
      const target = event.target instanceof window.Element ? event.target : undefined
      const asked = target?.closest('[data-attune-consent]')?.getAttribute('data-attune-consent')
      if (asked === 'open') this.openChoices()
      if (asked === 'none' || asked === 'all') this.answer(asked)
    }
  }

  window.customElements.define(CONSENT_TAG, AttuneConsent)
}
