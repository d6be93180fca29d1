import type { Json, JsonObject } from '@attune/core/json'
import { TextControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { textIn } from '../../document/json-at.ts'
import { useNames } from '../draft-context.ts'
import { type Editing, memberEditing } from '../editing.ts'
import { ChoiceField } from '../fields/choice-field.tsx'
import { TestField } from '../fields/test-field.tsx'
import { emptyTest } from '../fields/value-test.ts'
import type { FormProps } from './form-props.ts'
import { knownValues, pathOptions, typeOfPath } from './paths.ts'

/** A trait of the visitor, or something that the request itself tells. */
export function AttrForm({ editing }: FormProps): ReactElement {
  const names = useNames()
  const path = textIn(editing.node, 'attr')
  const prefix = PREFIXES.find((each) => path.startsWith(each))
  const member = memberEditing(editing, 'attr')
  const type = typeOfPath(path, names)
  const known = knownValues(path)
  // Another path keeps its test only where the values are of the same type.
  const choose = (chosen: Json | undefined): void => {
    const next = typeof chosen === 'string' ? chosen : ''
    const test =
      typeOfPath(next, names) === type && knownValues(next) === known
        ? testIn(editing.node)
        : emptyTest(typeOfPath(next, names))
    editing.replace({ attr: next, ...test })
  }
  return (
    <>
      <ChoiceField
        label={__('What', 'attune')}
        member={{ value: prefix ?? path, path: member.path, set: choose }}
        options={pathOptions(names)}
      />
      {prefix !== undefined && (
        <TextControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          label={__('Name', 'attune')}
          value={path.slice(prefix.length)}
          onChange={(name) => member.set(`${prefix}${name}`)}
        />
      )}
      <TestField editing={testEditing(editing)} type={type} {...(known === undefined ? {} : { known })} />
    </>
  )
}

// Names of these groups are the site's own.
const PREFIXES: readonly string[] = ['query.', 'custom.']

const testIn = ({ attr: _, ...test }: JsonObject): JsonObject => test

function testEditing({ node, path, replace }: Editing): Editing {
  const { attr = '', ...test } = node
  return { node: test, path, replace: (next) => replace({ attr, ...next }) }
}
