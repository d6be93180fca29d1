// What this plugin uses of `@wordpress/components`, as WordPress 6.5 has it.
declare module '@wordpress/components' {
  import type { ComponentType, CSSProperties, ReactNode, Ref } from 'react'

  type Icon = ReactNode

  interface Field<Value> {
    readonly label: ReactNode
    readonly help?: ReactNode
    readonly hideLabelFromVision?: boolean
    readonly value: Value
    readonly disabled?: boolean
    /** New spacing, the default from 7.0 on; before it a notice of deprecation is written without these two. */
    readonly __nextHasNoMarginBottom?: boolean
    readonly __next40pxDefaultSize?: boolean
  }

  export interface Option<Value extends string = string> {
    readonly value: Value
    readonly label: string
    readonly disabled?: boolean
  }

  export const Button: ComponentType<{
    readonly variant?: 'primary' | 'secondary' | 'tertiary' | 'link'
    readonly icon?: Icon
    readonly label?: string
    readonly href?: string
    readonly target?: string
    readonly size?: 'default' | 'compact' | 'small'
    readonly type?: 'button' | 'submit'
    readonly className?: string
    readonly disabled?: boolean
    readonly isBusy?: boolean
    readonly isDestructive?: boolean
    readonly isPressed?: boolean
    readonly showTooltip?: boolean
    readonly children?: ReactNode
    readonly onClick?: () => void
    readonly 'aria-pressed'?: boolean
    readonly 'aria-expanded'?: boolean
    readonly 'aria-describedby'?: string
    readonly __next40pxDefaultSize?: boolean
  }>
  export const TextControl: ComponentType<
    Field<string> & {
      readonly type?: 'text' | 'number' | 'url' | 'datetime-local'
      readonly placeholder?: string
      readonly required?: boolean
      readonly min?: number | string
      readonly step?: number | 'any'
      readonly className?: string
      readonly onChange: (value: string) => void
      readonly onBlur?: () => void
    }
  >
  export const TextareaControl: ComponentType<
    Field<string> & {
      readonly rows?: number
      readonly className?: string
      readonly onChange: (value: string) => void
    }
  >
  export const SearchControl: ComponentType<{
    readonly label: string
    readonly value: string
    readonly placeholder?: string
    readonly onChange: (value: string) => void
    readonly __nextHasNoMarginBottom?: boolean
  }>
  export const FormTokenField: ComponentType<{
    readonly label: string
    readonly value: readonly string[]
    readonly suggestions?: readonly string[]
    readonly tokenizeOnBlur?: boolean
    readonly onChange: (tokens: readonly (string | { readonly value: string })[]) => void
    readonly __experimentalExpandOnFocus?: boolean
    readonly __experimentalShowHowTo?: boolean
    readonly __nextHasNoMarginBottom?: boolean
    readonly __next40pxDefaultSize?: boolean
  }>
  export const SelectControl: ComponentType<
    Field<string> & { readonly options: readonly Option[]; readonly onChange: (value: string) => void }
  >
  export const RadioControl: ComponentType<{
    readonly label: string
    readonly help?: ReactNode
    readonly selected: string
    readonly options: readonly Option[]
    readonly onChange: (value: string) => void
  }>
  export const RangeControl: ComponentType<
    Field<number> & {
      readonly min: number
      readonly max: number
      readonly step?: number
      readonly onChange: (value?: number) => void
    }
  >
  export const CheckboxControl: ComponentType<{
    readonly label: ReactNode
    readonly help?: ReactNode
    readonly checked: boolean
    readonly indeterminate?: boolean
    readonly onChange: (checked: boolean) => void
    readonly __nextHasNoMarginBottom?: boolean
  }>
  export const ComboboxControl: ComponentType<
    Omit<Field<string | null>, 'value'> & {
      readonly value: string | null
      readonly options: readonly Option[]
      readonly allowReset?: boolean
      readonly placeholder?: string
      readonly onChange: (value: string | null | undefined) => void
      readonly onFilterValueChange?: (text: string) => void
      readonly __experimentalRenderItem?: (props: { readonly item: Option }) => ReactNode
    }
  >
  export const BaseControl: ComponentType<{
    readonly id?: string
    readonly label?: ReactNode
    readonly help?: ReactNode
    readonly className?: string
    readonly children: ReactNode
    readonly __nextHasNoMarginBottom?: boolean
  }>
  export const PanelBody: ComponentType<{
    readonly title?: string
    readonly icon?: Icon
    readonly initialOpen?: boolean
    readonly className?: string
    readonly children?: ReactNode
  }>
  export const PanelRow: ComponentType<{ readonly children: ReactNode; readonly className?: string }>
  export const Notice: ComponentType<{
    readonly status?: 'info' | 'success' | 'warning' | 'error'
    readonly isDismissible?: boolean
    readonly onRemove?: () => void
    readonly politeness?: 'assertive' | 'polite'
    readonly spokenMessage?: string
    readonly className?: string
    readonly actions?: readonly {
      readonly label: string
      readonly url?: string
      readonly onClick?: () => void
    }[]
    readonly children: ReactNode
  }>
  export const Modal: ComponentType<{
    readonly title: string
    readonly size?: 'small' | 'medium' | 'large'
    readonly onRequestClose: () => void
    readonly children: ReactNode
  }>
  export const Popover: ComponentType<{
    readonly anchor?: unknown
    readonly placement?: string
    readonly focusOnMount?: boolean | 'firstElement'
    readonly className?: string
    readonly onClose?: () => void
    readonly children: ReactNode
  }>
  export const Dropdown: ComponentType<{
    readonly className?: string
    readonly popoverProps?: object
    readonly renderToggle: (props: { readonly isOpen: boolean; readonly onToggle: () => void }) => ReactNode
    readonly renderContent: (props: { readonly onClose: () => void }) => ReactNode
  }>
  export const Spinner: ComponentType
  export const ExternalLink: ComponentType<{ readonly href: string; readonly children: ReactNode }>
  export const ToolbarGroup: ComponentType<{
    readonly label?: string
    readonly className?: string
    readonly children: ReactNode
  }>
  export const ToolbarItem: ComponentType<{ readonly children: (props: object) => ReactNode }>
  export const ToolbarButton: ComponentType<{
    readonly icon?: Icon
    readonly label?: string
    readonly className?: string
    readonly isPressed?: boolean
    readonly isActive?: boolean
    readonly disabled?: boolean
    readonly showTooltip?: boolean
    readonly ref?: Ref<HTMLButtonElement>
    readonly children?: ReactNode
    readonly onClick?: () => void
    readonly 'aria-expanded'?: boolean
  }>
  export const ToolbarDropdownMenu: ComponentType<{
    readonly icon: Icon
    readonly label: string
    readonly text?: string
    readonly className?: string
    readonly popoverProps?: object
    readonly toggleProps?: object
    readonly children: (props: { readonly onClose: () => void }) => ReactNode
  }>
  export const NavigableMenu: ComponentType<{
    readonly role?: 'menu'
    readonly 'aria-label'?: string
    readonly children: ReactNode
  }>
  export const MenuGroup: ComponentType<{ readonly label?: string; readonly children: ReactNode }>
  export const MenuItem: ComponentType<{
    readonly icon?: Icon | undefined
    readonly info?: string
    readonly disabled?: boolean
    readonly isDestructive?: boolean
    readonly isSelected?: boolean
    readonly role?: 'menuitem' | 'menuitemradio' | 'menuitemcheckbox'
    readonly children: ReactNode
    readonly onClick: () => void
  }>
  export const MenuItemsChoice: ComponentType<{
    readonly value: string
    readonly choices: readonly { readonly value: string; readonly label: string; readonly info?: string }[]
    readonly onSelect: (value: string) => void
  }>
  export const SVG: ComponentType<{
    readonly viewBox: string
    readonly xmlns: string
    readonly children: ReactNode
    readonly style?: CSSProperties
    readonly width?: number
    readonly height?: number
  }>
  export const Path: ComponentType<{ readonly d: string; readonly fillRule?: 'evenodd' }>
}
