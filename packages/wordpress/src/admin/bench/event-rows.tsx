import { Button } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useNames } from '../builder/draft-context.ts'
import { ChoiceField } from '../builder/fields/choice-field.tsx'
import { DurationField } from '../builder/fields/duration-field.tsx'
import { eventWords } from '../builder/fields/event-words.ts'
import { NumberInput } from '../builder/fields/number-input.tsx'
import { recordedOptions } from '../builder/forms/paths.ts'
import type { PersonaEvent } from './persona.ts'
import { did } from './personas.ts'
import { ValueRows } from './value-rows.tsx'

interface EventsProps {
  readonly events: readonly PersonaEvent[]
  readonly onChange: (events: readonly PersonaEvent[]) => void
}

/** What a persona did, and how long ago. */
export function EventRows({ events, onChange }: EventsProps): ReactElement {
  const [first = 'page_view'] = useNames().events
  return (
    <fieldset className="attune-rows">
      <legend>{__('What they did', 'attune')}</legend>
      {events.map((event, at) => (
        <EventRow
          // biome-ignore lint/suspicious/noArrayIndexKey: an event has no name but its place.
          key={at}
          event={event}
          onChange={(next) => onChange(events.map((each, place) => (place === at ? next : each)))}
          onRemove={() => onChange(events.filter((_, place) => place !== at))}
        />
      ))}
      <Button variant="secondary" size="small" onClick={() => onChange([...events, did(first, '1h')])}>
        {__('Add something they did', 'attune')}
      </Button>
    </fieldset>
  )
}

interface RowProps {
  readonly event: PersonaEvent
  readonly onChange: (event: PersonaEvent) => void
  readonly onRemove: () => void
}

// More than any bound of the language asks for by counting one by one.
const MOST_TIMES = 100

function EventRow({ event, onChange, onRemove }: RowProps): ReactElement {
  const names = useNames()
  const properties = names.propertiesOf(event.name)
  return (
    <div className="attune-event">
      <div className="attune-row">
        <ChoiceField
          label={__('Event', 'attune')}
          member={{
            value: event.name,
            path: 'persona',
            set: (name) => typeof name === 'string' && onChange({ ...event, name, properties: {} }),
          }}
          options={names.events.map((name) => ({ value: name, label: eventWords(name) }))}
        />
        <NumberInput
          label={__('Times', 'attune')}
          min={1}
          value={event.times}
          onChange={(times) => onChange({ ...event, times: wholeTimes(times) })}
        />
        <DurationField
          label={__('Ago', 'attune')}
          member={{
            value: event.ago,
            path: 'persona',
            set: (ago) => typeof ago === 'string' && onChange({ ...event, ago }),
          }}
        />
        <Button
          variant="tertiary"
          size="small"
          isDestructive
          // translators: %s: name of an event.
          label={sprintf(__('Remove %s', 'attune'), eventWords(event.name))}
          showTooltip
          onClick={onRemove}
        >
          {__('Remove', 'attune')}
        </Button>
      </div>
      <details>
        <summary>{__('What it carried, and where they came from', 'attune')}</summary>
        <ValueRows
          legend={__('Properties', 'attune')}
          names={properties.map(({ name, type }) => ({
            value: name,
            label: name,
            type: type === 'number' || type === 'boolean' ? type : 'string',
          }))}
          values={event.properties}
          onChange={(values) => onChange({ ...event, properties: values })}
        />
        <ValueRows
          legend={__('Came from', 'attune')}
          names={recordedOptions().map((option) => ({ ...option, type: 'string' }))}
          values={event.context}
          onChange={(context) => onChange({ ...event, context })}
        />
      </details>
    </div>
  )
}

function wholeTimes(times: unknown): number {
  return typeof times === 'number' ? Math.min(MOST_TIMES, Math.max(1, Math.floor(times))) : 1
}
