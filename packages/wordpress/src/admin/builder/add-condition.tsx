import type { JsonObject } from '@attune/core/json'
import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { plusIcon } from '../../editor/icons.tsx'
import { useNames } from './draft-context.ts'
import { FORMED_KINDS, type KindGroup } from './kinds.ts'

interface AddProps {
  readonly onAdd: (condition: JsonObject) => void
  readonly canNest?: boolean
  readonly label?: string
}

/** Adds a condition of a kind that is chosen from a menu. */
export function AddCondition({ onAdd, canNest = true, label }: AddProps): ReactElement {
  return (
    <Dropdown
      className="attune-add"
      popoverProps={{ placement: 'bottom-start' }}
      renderToggle={({ isOpen, onToggle }) => (
        <Button variant="secondary" size="small" icon={plusIcon} aria-expanded={isOpen} onClick={onToggle}>
          {label ?? __('Add a condition', 'attune')}
        </Button>
      )}
      renderContent={({ onClose }) => (
        <KindMenu
          canNest={canNest}
          onAdd={(condition) => {
            onClose()
            onAdd(condition)
          }}
        />
      )}
    />
  )
}

function KindMenu({
  onAdd,
  canNest,
}: {
  readonly onAdd: AddProps['onAdd']
  readonly canNest: boolean
}): ReactElement {
  const names = useNames()
  const offered = FORMED_KINDS.flatMap(({ group, label, make }) => {
    const condition = make(names)
    return condition === undefined ? [] : [{ group, label: label(), condition }]
  })
  return (
    <NavigableMenu role="menu" aria-label={__('Kinds of conditions', 'attune')}>
      {groups().map(({ group, label }) => (
        <MenuGroup key={group} label={label}>
          {offered
            .filter((kind) => kind.group === group)
            .map((kind) => (
              <MenuItem key={kind.label} onClick={() => onAdd(kind.condition)}>
                {kind.label}
              </MenuItem>
            ))}
        </MenuGroup>
      ))}
      {canNest && (
        <MenuGroup label={__('Groups', 'attune')}>
          <MenuItem onClick={() => onAdd({ any: [] })}>{__('A group of conditions', 'attune')}</MenuItem>
        </MenuGroup>
      )}
    </NavigableMenu>
  )
}

function groups(): readonly { readonly group: KindGroup; readonly label: string }[] {
  return [
    { group: 'visitor', label: __('The visitor', 'attune') },
    { group: 'did', label: __('What they did', 'attune') },
    { group: 'journey', label: __('Their way', 'attune') },
    { group: 'measure', label: __('Measures', 'attune') },
    { group: 'moment', label: __('Time', 'attune') },
  ]
}
