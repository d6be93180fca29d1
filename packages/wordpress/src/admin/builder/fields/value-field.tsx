import type { Json } from '@attune/core/json'
import { FormTokenField, SelectControl, TextControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonList } from '../../document/json-at.ts'
import type { MemberEditing } from '../editing.ts'
import { useHelp } from '../findings.tsx'
import { ChoiceField, namesAsOptions } from './choice-field.tsx'
import { NumberInput } from './number-input.tsx'
import { isComparator, type Operator, takesList, type ValueType } from './operators.ts'
import { plainValue } from './plain-value.ts'

interface ValueProps {
  readonly member: MemberEditing
  readonly operator: Operator
  readonly type: ValueType
  readonly known?: readonly string[]
}

/** What a test asks for, in the control that fits operator and type. */
export function ValueField({ member, operator, type, known }: ValueProps): ReactElement {
  const label = __('Value', 'attune')
  const help = useHelp(member.path)
  if (operator === 'exists' || type === 'boolean') return <YesNo {...{ member, label }} />
  if (takesList(operator))
    return <Values {...{ member, label, known: known ?? [] }} isNumber={type === 'number'} />
  if (operator === 'between') return <Between member={member} />
  if (type === 'number' || isComparator(operator))
    return <NumberInput label={label} help={help} value={member.value} onChange={member.set} />
  if (known !== undefined && (operator === 'is' || operator === 'isNot'))
    return <ChoiceField label={label} member={member} options={namesAsOptions(known)} />
  const value = member.value
  return (
    <TextControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={label}
      help={help}
      value={
        typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)
      }
      onChange={(text) => member.set(type === 'any' ? plainValue(text) : text)}
    />
  )
}

interface ControlProps {
  readonly member: MemberEditing
  readonly label: string
}

function YesNo({ member, label }: ControlProps): ReactElement {
  return (
    <SelectControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={label}
      help={useHelp(member.path)}
      value={String(member.value === true)}
      options={[
        { value: 'true', label: __('yes', 'attune') },
        { value: 'false', label: __('no', 'attune') },
      ]}
      onChange={(chosen) => member.set(chosen === 'true')}
    />
  )
}

interface ValuesProps extends ControlProps {
  readonly known: readonly string[]
  readonly isNumber: boolean
}

function Values({ member, label, known, isNumber }: ValuesProps): ReactElement {
  const help = useHelp(member.path)
  const values = isJsonList(member.value) ? member.value : []
  return (
    <div className="attune-values">
      <FormTokenField
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        __experimentalExpandOnFocus={known.length > 0}
        __experimentalShowHowTo={false}
        label={`${label} – ${__('separate with commas', 'attune')}`}
        value={values.map((value) => String(value))}
        suggestions={known}
        tokenizeOnBlur
        onChange={(tokens) =>
          member.set(
            tokens.map((token) => tokenValue(typeof token === 'string' ? token : token.value, isNumber)),
          )
        }
      />
      {help}
    </div>
  )
}

const tokenValue = (token: string, isNumber: boolean): Json =>
  isNumber && Number.isFinite(Number(token)) ? Number(token) : token

function Between({ member }: { readonly member: MemberEditing }): ReactElement {
  const [from = null, to = null] = isJsonList(member.value) ? member.value : []
  const help = useHelp(member.path)
  return (
    <>
      <NumberInput
        label={__('from', 'attune')}
        help={help}
        value={from}
        onChange={(bound) => member.set([bound, to])}
      />
      <NumberInput label={__('to', 'attune')} value={to} onChange={(bound) => member.set([from, bound])} />
    </>
  )
}
