import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { routeTo } from '../common/use-route.ts'

interface TabsProps {
  /** The first part of the present place. */
  readonly place: string
  readonly isEditable: boolean
}

/** The ways to the parts of the screen. */
export function ScreenTabs({ place, isEditable }: TabsProps): ReactElement {
  const tabs = [
    { to: '', label: __('Segments', 'attune'), isThere: true },
    { to: 'definitions', label: __('Events and definitions', 'attune'), isThere: isEditable },
    { to: 'test', label: __('Test bench', 'attune'), isThere: isEditable },
    { to: 'history', label: __('History', 'attune'), isThere: true },
    { to: 'transfer', label: __('Import and export', 'attune'), isThere: true },
  ].filter(({ isThere }) => isThere)
  const present = tabs.some(({ to }) => to === place) ? place : ''
  return (
    <nav className="nav-tab-wrapper" aria-label={__('Parts of this screen', 'attune')}>
      {tabs.map(({ to, label }) => (
        <a
          key={to}
          href={to === '' ? routeTo() : routeTo(to)}
          className={`nav-tab${to === present ? ' nav-tab-active' : ''}`}
          {...(to === present ? { 'aria-current': 'page' as const } : {})}
        >
          {label}
        </a>
      ))}
    </nav>
  )
}
