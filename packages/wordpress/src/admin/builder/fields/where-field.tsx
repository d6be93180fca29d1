import type { Json, JsonObject } from '@attune/core/json'
import { Button } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonObject, withMember, withRenamed } from '../../document/json-at.ts'
import type { Typed } from '../../document/names.ts'
import { useNames } from '../draft-context.ts'
import { type Editing, memberEditing } from '../editing.ts'
import { ChoiceField, namesAsOptions } from './choice-field.tsx'
import type { ValueType } from './operators.ts'
import { TestField } from './test-field.tsx'
import { emptyTest, shortTest, testOf } from './value-test.ts'

interface WhereProps {
  readonly editing: Editing
  /** The event whose properties are tested. */
  readonly event: string
}

/** Only some of an event's occurrences: tests of its properties, all of which must hold. */
export function WhereField({ editing, event }: WhereProps): ReactElement | null {
  const properties = useNames().propertiesOf(event)
  const member = memberEditing(editing, 'where')
  const where = isJsonObject(member.value) ? member.value : {}
  const names = Object.keys(where)
  const free = properties.find(({ name }) => !names.includes(name))
  const set = (next: JsonObject): void => member.set(Object.keys(next).length === 0 ? undefined : next)
  if (names.length === 0 && free === undefined) return null
  return (
    <div className="attune-where">
      {names.map((name) => (
        <Row
          key={name}
          name={name}
          test={where[name] ?? null}
          path={memberEditing({ node: where, path: member.path, replace: set }, name).path}
          properties={properties.filter(
            (property) => property.name === name || !names.includes(property.name),
          )}
          onChange={(test) => set(withMember(where, name, test))}
          onRename={(to, test) => set(withMember(withRenamed(where, name, to), to, test))}
        />
      ))}
      {free !== undefined && (
        <Button
          variant="tertiary"
          size="small"
          onClick={() => set({ ...where, [free.name]: shortTest(emptyTest(typeOf(free))) })}
        >
          {names.length === 0 ? __('Only where…', 'attune') : __('And where…', 'attune')}
        </Button>
      )}
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly test: Json
  readonly path: string
  readonly properties: readonly Typed[]
  readonly onChange: (test: Json | undefined) => void
  readonly onRename: (name: string, test: Json) => void
}

function Row({ name, test, path, properties, onChange, onRename }: RowProps): ReactElement {
  const type = typeOf(properties.find((property) => property.name === name))
  const editing: Editing = { node: testOf(test) ?? {}, path, replace: (next) => onChange(shortTest(next)) }
  const rename = (to: Json | undefined): void => {
    const property = properties.find((candidate) => candidate.name === to)
    if (property === undefined) return
    const keeps = typeOf(property) === type
    onRename(property.name, keeps ? test : shortTest(emptyTest(typeOf(property))))
  }
  return (
    <fieldset className="attune-row">
      <legend className="screen-reader-text">
        {
          // translators: %s: name of a property.
          sprintf(__('Where %s', 'attune'), name)
        }
      </legend>
      <ChoiceField
        label={__('Where', 'attune')}
        member={{ value: name, path: `${path}#name`, set: rename }}
        options={namesAsOptions(properties.map((property) => property.name))}
      />
      <TestField editing={editing} type={type} />
      <Button
        variant="tertiary"
        size="small"
        isDestructive
        // translators: %s: name of a property.
        label={sprintf(__('Remove the test of %s', 'attune'), name)}
        showTooltip
        onClick={() => onChange(undefined)}
      >
        {__('Remove', 'attune')}
      </Button>
    </fieldset>
  )
}

function typeOf(property: Typed | undefined): ValueType {
  const type = property?.type
  return type === 'number' || type === 'boolean' ? type : 'string'
}
