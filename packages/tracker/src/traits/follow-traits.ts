import { type Hear, tellPage } from '../bridges/tell.ts'
import { safely } from '../safely.ts'
import { encodeTraits, type Traits } from './encode-traits.ts'
import { findFields, isTraitField, readFields } from './read-fields.ts'

/** How traits are heard; everything has a default. */
export interface TraitsOptions {
  /** What hears the event; default `window.attune.track`, also before it has come. */
  readonly track?: Hear
  /** The page; default that of the browser. For tests. */
  readonly window?: Window & typeof globalThis
}

/**
 * Tells traits of this visitor, those that the ruleset declares: `identify({ newsletter: true })`; `null` takes one back. Never who somebody is:
 * only a server may say that. Resolves as `track` does, and never rejects.
 */
export type Identify = (traits: Traits) => Promise<void>

/**
 * Makes `identify`, and hears fields that are marked `data-attune-trait`: those of a form when it is sent, others when they change.
 * On a server it does nothing.
 */
export function followTraits(options: TraitsOptions = {}): Identify {
  const window = options.window ?? (typeof globalThis.window === 'undefined' ? undefined : globalThis.window)
  if (window === undefined) return async () => {}
  const track = options.track ?? tellPage(window)
  const identify: Identify = async (traits) => {
    const encoded = safely(() => encodeTraits(traits)) ?? {}
    if (Object.keys(encoded).length > 0) await track('identify', encoded)
  }
  const { document } = window
  const listen = (type: string, hear: (target: EventTarget | null) => void): void => {
    // Capturing, because a page that stops an event on its way must not make us deaf.
    document.addEventListener(type, ({ target }) => safely(() => hear(target)), true)
  }
  listen('submit', (form) => {
    if (form instanceof window.HTMLFormElement) void identify(readFields(fieldsOf(form)))
  })
  listen('change', (field) => {
    if (!isTraitField(field) || field.form) return
    const same = findFields(document).filter((other) => !other.form && isSame(other, field))
    void identify(readFields(same))
  })
  return identify
}

// Also those that stand elsewhere and belong to it by their attribute `form`.
function fieldsOf(form: HTMLFormElement) {
  return findFields(form.ownerDocument).filter((field) => field.form === form)
}

function isSame(one: Element, other: Element): boolean {
  return one.getAttribute('data-attune-trait') === other.getAttribute('data-attune-trait')
}
