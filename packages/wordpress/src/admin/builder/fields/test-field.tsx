import { CheckboxControl, SelectControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { type Editing, memberEditing } from '../editing.ts'
import {
  hasCase,
  operatorIn,
  operatorsFor,
  operatorWords,
  type ValueType,
  withOperator,
} from './operators.ts'
import { ValueField } from './value-field.tsx'

interface TestProps {
  /** The operator and what is beside it, nothing else. */
  readonly editing: Editing
  readonly type: ValueType
  /** What the value may be, where that is known. */
  readonly known?: readonly string[]
}

/** Tests a value: an operator and what it asks for. */
export function TestField({ editing, type, known }: TestProps): ReactElement {
  const { node, replace } = editing
  const offered = operatorsFor(type)
  const operator = operatorIn(node) ?? 'is'
  const operators = offered.includes(operator) ? offered : [operator, ...offered]
  const ignoreCase = memberEditing(editing, 'ignoreCase')
  const isTextual = (type === 'string' || type === 'list' || type === 'any') && hasCase(operator)
  return (
    <>
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Test', 'attune')}
        value={operator}
        options={operators.map((name) => ({ value: name, label: operatorWords(name) }))}
        onChange={(chosen) => {
          const next = operators.find((name) => name === chosen)
          if (next !== undefined) replace(withOperator(node, next, type))
        }}
      />
      <ValueField
        member={memberEditing(editing, operator)}
        operator={operator}
        type={type}
        {...(known ? { known } : {})}
      />
      {isTextual && known === undefined && (
        <CheckboxControl
          __nextHasNoMarginBottom
          label={__('Ignore capitals', 'attune')}
          checked={ignoreCase.value === true}
          onChange={(checked) => ignoreCase.set(checked ? true : undefined)}
        />
      )}
    </>
  )
}
