import type { Json } from '@attune/core/json'
import { CheckboxControl, TextControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonObject, memberOf } from '../../document/json-at.ts'
import { useNames } from '../draft-context.ts'
import { type Editing, memberEditing, objectEditing } from '../editing.ts'
import { ChoiceField, namesAsOptions } from '../fields/choice-field.tsx'
import { ComparisonField } from '../fields/comparison-field.tsx'
import { NumberInput } from '../fields/number-input.tsx'
import { useHelp } from '../findings.tsx'
import type { FormProps } from './form-props.ts'

/** Points that fade, or the place among all visitors that they give. */
export function ScoreForm({ editing }: FormProps): ReactElement {
  const { scores, ranked } = useNames()
  const { score = '' } = editing.node
  const percentile = memberOf(editing.node, 'percentile')
  const mode = percentile === undefined ? 'points' : 'percentile'
  return (
    <>
      <ChoiceField
        label={__('Score', 'attune')}
        member={memberEditing(editing, 'score')}
        options={namesAsOptions(mode === 'points' ? scores : ranked)}
      />
      <ChoiceField
        label={__('Compare', 'attune')}
        member={{
          value: mode,
          path: `${editing.path}#mode`,
          set: (next) =>
            editing.replace(
              next === 'points' ? { score, atLeast: 10 } : { score, percentile: { atLeast: 75 } },
            ),
        }}
        options={[
          { value: 'points', label: __('its points', 'attune') },
          { value: 'percentile', label: __('its place of 100 visitors', 'attune') },
        ]}
      />
      <ComparisonField
        editing={isJsonObject(percentile) ? objectEditing(editing, 'percentile', percentile) : editing}
        label={__('How much', 'attune')}
      />
    </>
  )
}

/** What somebody is drawn to. */
export function InterestForm({ editing }: FormProps): ReactElement {
  const { interest = '' } = editing.node
  const isTop = Object.hasOwn(editing.node, 'top')
  const top = memberEditing(editing, 'top')
  const value = memberEditing(editing, isTop ? 'is' : 'value')
  const topHelp = useHelp(top.path)
  const text: Json = value.value ?? ''
  return (
    <>
      <ChoiceField
        label={__('Interest', 'attune')}
        member={memberEditing(editing, 'interest')}
        options={namesAsOptions(useNames().interests)}
      />
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Value', 'attune')}
        help={useHelp(value.path)}
        value={String(text)}
        onChange={value.set}
      />
      <ChoiceField
        label={__('Compare', 'attune')}
        member={{
          value: isTop ? 'top' : 'strength',
          path: `${editing.path}#mode`,
          set: (next) =>
            editing.replace(
              next === 'top' ? { interest, top: 1, is: text } : { interest, value: text, atLeast: 5 },
            ),
        }}
        options={[
          { value: 'top', label: __('among the strongest', 'attune') },
          { value: 'strength', label: __('its points', 'attune') },
        ]}
      />
      {isTop ? (
        <NumberInput
          label={__('Among the first', 'attune')}
          help={topHelp}
          min={1}
          value={top.value}
          onChange={top.set}
        />
      ) : (
        <ComparisonField editing={editing} label={__('How much', 'attune')} />
      )}
    </>
  )
}

/** How lately, how often and for how much somebody bought, in bands from 1 to 5. */
export function RfmForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <ChoiceField
        label={__('Table', 'attune')}
        member={memberEditing(editing, 'rfm')}
        options={namesAsOptions(useNames().rfm)}
      />
      <Band editing={editing} name="recency" label={__('How lately (5 is the latest)', 'attune')} />
      <Band editing={editing} name="frequency" label={__('How often (5 is the most)', 'attune')} />
      <Band editing={editing} name="monetary" label={__('For how much (5 is the most)', 'attune')} />
    </>
  )
}

interface BandProps {
  readonly editing: Editing
  readonly name: string
  readonly label: string
}

function Band({ editing, name, label }: BandProps): ReactElement {
  const member = memberEditing(editing, name)
  const band = isJsonObject(member.value) ? member.value : undefined
  return (
    <div className="attune-row attune-line">
      <CheckboxControl
        __nextHasNoMarginBottom
        label={label}
        checked={band !== undefined}
        onChange={(checked) => member.set(checked ? { atLeast: 4 } : undefined)}
      />
      {band !== undefined && (
        <ComparisonField editing={objectEditing(editing, name, band)} label={__('Band', 'attune')} min={1} />
      )}
    </div>
  )
}
