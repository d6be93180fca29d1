import type { Context } from '@attune/core'
import { __ } from '@wordpress/i18n'

/** A kind of visitor that comes to every site. */
export interface Persona {
  readonly key: string
  readonly label: string
  readonly context: Context
}

/** The visitors to begin with. */
export function personas(): readonly Persona[] {
  const first = { visitor: { known: false, returning: false }, session: { number: 1, pageViews: 1 } }
  const back = { visitor: { known: true, returning: true }, session: { number: 4, pageViews: 2 } }
  const desktop = { device: { type: 'desktop' } }
  const phone = { device: { type: 'mobile' } }
  return [
    { key: 'first', label: __('First visit, on a computer', 'attune'), context: { ...first, ...desktop } },
    { key: 'first-phone', label: __('First visit, on a phone', 'attune'), context: { ...first, ...phone } },
    { key: 'back', label: __('Came back, on a computer', 'attune'), context: { ...back, ...desktop } },
    { key: 'back-phone', label: __('Came back, on a phone', 'attune'), context: { ...back, ...phone } },
  ]
}
