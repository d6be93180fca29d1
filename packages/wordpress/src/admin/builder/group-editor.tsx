import type { Json } from '@attune/core/json'
import { speak } from '@wordpress/a11y'
import { SelectControl } from '@wordpress/components'
import { useRef } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonObject } from '../document/json-at.ts'
import { AddCondition } from './add-condition.tsx'
import { type Editing, memberEditing } from './editing.ts'
import { NumberInput } from './fields/number-input.tsx'
import { NodeFindings, useHelp } from './findings.tsx'
import { focusSoon } from './focus-soon.ts'
import { type Group, groupOf, joiningOptions, makeGroup } from './groups.ts'
import type { NodeActions } from './node-menu.tsx'

interface GroupProps {
  readonly editing: Editing
  readonly group: Group
  readonly depth: number
  /** Edits one of its conditions. */
  readonly child: (editing: Editing, actions: NodeActions) => ReactElement
}

/** Edits a group: how its conditions are joined, and each of them. */
export function GroupEditor({ editing, group, depth, child: edit }: GroupProps): ReactElement {
  const list = useRef<HTMLDivElement>(null)
  const { joining, children, holder } = group
  const least = memberEditing(editing, 'atLeast')
  const leastHelp = useHelp(least.path)
  const set = (next: readonly Json[]): void => editing.replace(makeGroup(joining, next, least.value ?? 1))
  const place = (at: number): string => `${editing.path}.${holder}[${at}]`
  const shown = [...children.map((_, at) => place(at)), least.path]
  return (
    <div className="attune-group" ref={list}>
      <div className="attune-group__joining">
        <span aria-hidden="true">{__('Visitors for whom', 'attune')}</span>
        <SelectControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          hideLabelFromVision
          label={__('Visitors for whom', 'attune')}
          value={joining}
          options={joiningOptions()}
          onChange={(chosen) => {
            const next = joiningOptions().find(({ value }) => value === chosen)
            if (next !== undefined) editing.replace(makeGroup(next.value, children, least.value ?? 1))
          }}
        />
        {joining === 'atLeast' && (
          <NumberInput
            label={__('At least', 'attune')}
            hideLabelFromVision
            help={leastHelp}
            min={1}
            value={least.value}
            onChange={least.set}
          />
        )}
        <span aria-hidden="true">{__('hold:', 'attune')}</span>
      </div>
      <ul className="attune-group__children" aria-label={__('Conditions of the group', 'attune')}>
        {children.map((child, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place.
          <li key={at}>
            {edit(
              {
                node: isJsonObject(child) ? child : {},
                path: place(at),
                replace: (next) => set(children.map((each, other) => (other === at ? next : each))),
              },
              actionsAt(children, at, set, list),
            )}
          </li>
        ))}
      </ul>
      <NodeFindings path={editing.path} shown={shown} />
      <AddCondition
        canNest={depth < MAX_DEPTH}
        onAdd={(condition) => {
          set([...children, condition])
          speak(__('Condition added.', 'attune'))
          focusSoon(() =>
            list.current?.querySelector<HTMLElement>(
              `:scope > ul > li:nth-child(${children.length + 1}) > .attune-node`,
            ),
          )
        }}
      />
    </div>
  )
}

// The language allows 8; a group needs room for what it holds.
const MAX_DEPTH = 7

function actionsAt(
  children: readonly Json[],
  at: number,
  set: (next: readonly Json[]) => void,
  list: { readonly current: HTMLElement | null },
): NodeActions {
  const child = children[at] ?? null
  const swap = (other: number): void => {
    const next = children.map((each, place) =>
      place === at ? children[other]! : place === other ? child : each,
    )
    set(next)
    focusSoon(() =>
      list.current?.querySelector<HTMLElement>(`:scope > ul > li:nth-child(${other + 1}) > .attune-node`),
    )
  }
  const splice = (...instead: readonly Json[]): void =>
    set([...children.slice(0, at), ...instead, ...children.slice(at + 1)])
  const inner = isJsonObject(child) ? groupOf(child) : undefined
  return {
    ...(at > 0 ? { onUp: () => swap(at - 1) } : {}),
    ...(at < children.length - 1 ? { onDown: () => swap(at + 1) } : {}),
    onDuplicate: () => splice(child, child),
    onWrap: () => splice({ all: [child] }),
    ...(inner === undefined ? {} : { onUnwrap: () => splice(...inner.children) }),
    onRemove: () => {
      splice()
      speak(__('Condition removed.', 'attune'))
      focusSoon(() => list.current?.querySelector<HTMLElement>(':scope > .attune-add button'))
    },
  }
}
