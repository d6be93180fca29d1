import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useNames } from '../draft-context.ts'
import { type Editing, memberEditing } from '../editing.ts'
import { ChoiceField, namesAsOptions } from './choice-field.tsx'
import { eventWords } from './event-words.ts'

interface EventProps {
  readonly editing: Editing
  readonly name: string
  readonly label: string
  readonly help?: string
  /** Words for no event at all. */
  readonly none?: string
}

/** Chooses one of the events that the ruleset declares. */
export function EventField({ editing, name, ...field }: EventProps): ReactElement {
  const { events } = useNames()
  const options = events.map((event) => ({ value: event, label: eventWords(event) }))
  return <ChoiceField {...field} member={memberEditing(editing, name)} options={options} />
}

interface PropertyProps {
  readonly editing: Editing
  readonly name: string
  /** The event whose property it is. */
  readonly event: string
  readonly type?: 'number'
}

/** Chooses one of the properties that the ruleset declares for an event. */
export function PropertyField({ editing, name, event, type }: PropertyProps): ReactElement {
  const properties = useNames().propertiesOf(event)
  const fitting = properties.filter((property) => type === undefined || property.type === type)
  return (
    <ChoiceField
      label={__('Property', 'attune')}
      member={memberEditing(editing, name)}
      options={namesAsOptions(fitting.map((property) => property.name))}
    />
  )
}
