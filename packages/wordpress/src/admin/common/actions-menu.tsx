import { Button, Dropdown, MenuGroup, MenuItem } from '@wordpress/components'
import type { ReactElement } from 'react'
import { moreIcon } from './icons.tsx'

/** Something that can be done with the thing a menu belongs to. */
export interface MenuEntry {
  readonly text: string
  readonly act: () => void
  readonly isDestructive: boolean
}

interface ActionsMenuProps {
  /** What the button is called; it shows three dots. */
  readonly label: string
  readonly entries: readonly MenuEntry[]
}

/** The menu behind three dots. It closes before its entry acts, so that what the entry opens has the focus. */
export function ActionsMenu({ label, entries }: ActionsMenuProps): ReactElement {
  return (
    <Dropdown
      popoverProps={{ placement: 'bottom-end' }}
      renderToggle={({ isOpen, onToggle }) => (
        <Button size="small" icon={moreIcon} label={label} aria-expanded={isOpen} onClick={onToggle} />
      )}
      renderContent={({ onClose }) => (
        <MenuGroup>
          {entries.map(({ text, act, isDestructive }) => (
            <MenuItem
              key={text}
              isDestructive={isDestructive}
              onClick={() => {
                onClose()
                act()
              }}
            >
              {text}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
    />
  )
}
