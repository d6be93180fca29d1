import { PURPOSES } from '@attune/core'
import { __ } from '@wordpress/i18n'
import { type Persona, type PersonaEvent, STRANGER } from './persona.ts'

/** A persona to begin with. */
export interface NamedPersona {
  readonly key: string
  readonly label: string
  readonly persona: Persona
}

const KNOWN: Persona = {
  ...STRANGER,
  consent: PURPOSES,
  context: { ...STRANGER.context, 'visitor.known': true, 'visitor.returning': true, 'session.number': 3 },
  knownFor: '60d',
}

/** The personas to begin with, as far as the ruleset knows what they did. */
export function personasFor(events: readonly string[]): readonly NamedPersona[] {
  const all: readonly NamedPersona[] = [
    { key: 'stranger', label: __('First visit, no choice about consent yet', 'attune'), persona: STRANGER },
    {
      key: 'new',
      label: __('First visit, agreed to everything', 'attune'),
      persona: { ...STRANGER, consent: PURPOSES, context: { ...STRANGER.context, 'visitor.known': true } },
    },
    {
      key: 'reader',
      label: __('Came back and reads', 'attune'),
      persona: {
        ...KNOWN,
        events: [did('page_view', '5d', 3), did('page_view', '2d', 4), did('page_view', '1m', 2)],
      },
    },
    {
      key: 'looking',
      label: __('Looks at items', 'attune'),
      persona: { ...KNOWN, events: [did('view_item', '1d', 3), did('view_item', '1m')] },
    },
    {
      key: 'cart',
      label: __('Left a cart behind', 'attune'),
      persona: { ...KNOWN, events: [did('view_item', '2d', 2), did('add_to_cart', '26h')] },
    },
    {
      key: 'lapsed',
      label: __('Bought long ago', 'attune'),
      persona: { ...KNOWN, knownFor: '300d', events: [did('purchase', '120d')] },
    },
  ]
  return all.filter(({ persona }) => persona.events.every(({ name }) => events.includes(name)))
}

/** An event that happened so long ago. */
export function did(name: string, ago: string, times = 1): PersonaEvent {
  return { name, ago, times, properties: {}, context: {} }
}
