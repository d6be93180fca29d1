import type { ComponentType, ReactNode } from 'react'

interface PluginPanelProps {
  readonly title: string
  readonly icon?: ReactNode
  readonly initialOpen?: boolean
  readonly children: ReactNode
}

interface SidebarProps extends PluginPanelProps {
  readonly name: string
}

/** Places that editors offer to plugins: in 6.5 each editor has its own, from 6.6 on they share them. */
export interface PluginSlots {
  readonly PluginSidebar?: ComponentType<SidebarProps>
  readonly PluginSidebarMoreMenuItem?: ComponentType<{
    readonly target: string
    readonly icon?: ReactNode
    readonly children: ReactNode
  }>
  readonly PluginPrePublishPanel?: ComponentType<PluginPanelProps>
}

/** What only newer versions have; a script that named it as a dependency would not load in older ones. */
export interface WordPressGlobal {
  readonly blocks: {
    readonly registerBlockBindingsSource?: (source: object) => void
    readonly getBlockBindingsSource?: (name: string) => unknown
  }
  readonly editor: PluginSlots
  readonly editPost: PluginSlots
  readonly editSite: PluginSlots
}

declare global {
  interface Window {
    readonly wp?: Partial<WordPressGlobal>
  }
}

/** A package of WordPress as this page has it; empty when the page has none of that name. */
export function wordpressGlobal<Name extends keyof WordPressGlobal>(
  name: Name,
): Partial<WordPressGlobal[Name]> {
  return window.wp?.[name] ?? {}
}

/** Where this editor lets a plugin put something, by the place's name; undefined where it does not. */
export function pluginSlot<Name extends keyof PluginSlots>(name: Name): PluginSlots[Name] {
  // Taken from the older packages, a newer WordPress writes a notice of deprecation.
  return (
    wordpressGlobal('editor')[name] ?? wordpressGlobal('editPost')[name] ?? wordpressGlobal('editSite')[name]
  )
}
