import type { Json, JsonObject } from '@attune/core/json'
import { Button } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonObject, listIn, memberOf, textIn, withRenamed } from '../../document/json-at.ts'
import { useNames } from '../draft-context.ts'
import { type Editing, memberEditing } from '../editing.ts'
import { ChoiceField, namesAsOptions } from '../fields/choice-field.tsx'
import { DurationField, WithinField } from '../fields/duration-field.tsx'
import { EventField } from '../fields/event-field.tsx'
import { TestField } from '../fields/test-field.tsx'
import { WhereField } from '../fields/where-field.tsx'
import { useHelp } from '../findings.tsx'
import type { FormProps } from './form-props.ts'
import { recordedOptions } from './paths.ts'

const MOST_STEPS = 8
const LEAST_STEPS = 2

/** Events that followed one another. */
export function SequenceForm({ editing }: FormProps): ReactElement {
  const steps = listIn(editing.node, 'sequence').map((step) => (isJsonObject(step) ? step : {}))
  const member = memberEditing(editing, 'sequence')
  const help = useHelp(`${member.path}#list`)
  const [event = 'page_view'] = useNames().events
  return (
    <>
      <ol className="attune-steps">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place.
          <li key={at}>
            <Step
              editing={{
                node: step,
                path: `${member.path}[${at}]`,
                replace: (next) => member.set(steps.map((each, place) => (place === at ? next : each))),
              }}
              at={at}
            />
            {steps.length > LEAST_STEPS && (
              <Button
                variant="tertiary"
                size="small"
                isDestructive
                // translators: %d: number of a step.
                label={sprintf(__('Remove step %d', 'attune'), at + 1)}
                showTooltip
                onClick={() => member.set(steps.filter((_, place) => place !== at))}
              >
                {__('Remove', 'attune')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {help}
      <div className="attune-line">
        {steps.length < MOST_STEPS && (
          <Button variant="secondary" size="small" onClick={() => member.set([...steps, { event }])}>
            {__('Add a step', 'attune')}
          </Button>
        )}
      </div>
      <DurationField
        label={__('Each step within', 'attune')}
        member={memberEditing(editing, 'gap')}
        none={__('any time', 'attune')}
      />
      <WithinField editing={editing} />
      <EventField
        editing={editing}
        name="unless"
        label={__('Unless in between', 'attune')}
        none={__('nothing', 'attune')}
      />
    </>
  )
}

function Step({ editing, at }: { readonly editing: Editing; readonly at: number }): ReactElement {
  return (
    <>
      {/* translators: %d: number of a step. */}
      <EventField editing={editing} name="event" label={sprintf(__('Step %d', 'attune'), at + 1)} />
      <WhereField editing={editing} event={textIn(editing.node, 'event')} />
    </>
  )
}

/** How far somebody got in a funnel. */
export function FunnelForm({ editing }: FormProps): ReactElement {
  const names = useNames()
  const mark = Object.hasOwn(editing.node, 'stage') ? 'stage' : 'reached'
  return (
    <>
      <ChoiceField
        label={__('Funnel', 'attune')}
        member={memberEditing(editing, 'funnel')}
        options={namesAsOptions(names.funnels)}
      />
      <ChoiceField
        label={__('How far', 'attune')}
        member={{
          value: mark,
          path: `${editing.path}#mark`,
          set: (next) => typeof next === 'string' && editing.replace(withRenamed(editing.node, mark, next)),
        }}
        options={[
          { value: 'reached', label: __('reached at least', 'attune') },
          { value: 'stage', label: __('is now at', 'attune') },
        ]}
      />
      <ChoiceField
        label={__('Stage', 'attune')}
        member={memberEditing(editing, mark)}
        options={namesAsOptions(names.stagesOf(textIn(editing.node, 'funnel')))}
      />
    </>
  )
}

/** Where somebody came from, the first or the last time. */
export function TouchForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <ChoiceField
        label={__('Which visit', 'attune')}
        member={memberEditing(editing, 'touch')}
        options={[
          { value: 'first', label: __('the first that says it', 'attune') },
          { value: 'last', label: __('the last that says it', 'attune') },
        ]}
      />
      <ChoiceField
        label={__('What', 'attune')}
        member={memberEditing(editing, 'of')}
        options={recordedOptions()}
      />
      <TestField editing={testEditing(editing)} type="string" />
    </>
  )
}

function testEditing({ node, path, replace }: Editing): Editing {
  const { touch: _, of: __, ...test } = node
  const head = pick(node, ['touch', 'of'])
  return { node: test, path, replace: (next) => replace({ ...head, ...next }) }
}

function pick(node: JsonObject, names: readonly string[]): JsonObject {
  const members: readonly (readonly [string, Json | undefined])[] = names.map((name) => [
    name,
    memberOf(node, name),
  ])
  return Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
