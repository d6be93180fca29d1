// What this plugin uses of the smaller packages, as WordPress 6.5 has them.
declare module '@wordpress/element' {
  export {
    createContext,
    createElement,
    Fragment,
    useCallback,
    useContext,
    useEffect,
    useId,
    useLayoutEffect,
    useMemo,
    useRef,
    useState,
  } from 'react'

  import type { ReactNode } from 'react'
  export function createRoot(element: Element): { readonly render: (node: ReactNode) => void }
}

declare module '@wordpress/i18n' {
  export function __(text: string, domain: string): string
  export function _n(single: string, plural: string, count: number, domain: string): string
  export function _x(text: string, context: string, domain: string): string
  export function sprintf(format: string, ...values: readonly (string | number)[]): string
  export function isRTL(): boolean
}

declare module '@wordpress/hooks' {
  export function addFilter(hook: string, namespace: string, filter: (...args: never[]) => unknown): void
  export function applyFilters<T>(hook: string, value: T, ...args: readonly unknown[]): T
}

declare module '@wordpress/compose' {
  import type { ComponentType } from 'react'
  export function createHigherOrderComponent<P>(
    wrap: (inner: ComponentType<P>) => ComponentType<P>,
    name: string,
  ): (inner: ComponentType<P>) => ComponentType<P>
}

declare module '@wordpress/api-fetch' {
  interface ApiOptions {
    readonly path: string
    readonly method?: 'GET' | 'POST'
    readonly data?: unknown
  }
  const apiFetch: (options: ApiOptions) => Promise<unknown>
  export default apiFetch
}

declare module '@wordpress/dom-ready' {
  const domReady: (work: () => void) => void
  export default domReady
}

declare module '@wordpress/a11y' {
  export function speak(message: string, politeness?: 'polite' | 'assertive'): void
}

declare module '@wordpress/plugins' {
  import type { ComponentType, ReactNode } from 'react'
  export function registerPlugin(
    name: string,
    settings: { readonly icon?: ReactNode; readonly render: ComponentType },
  ): void
}

declare module '@wordpress/rich-text' {
  import type { ComponentType } from 'react'

  export interface RichTextFormat {
    readonly type: string
    readonly attributes?: Readonly<Record<string, string>>
  }
  /** A text with formats; opaque, handled by the functions below. */
  export interface RichTextValue {
    readonly text: string
    readonly start?: number
    readonly end?: number
    readonly formats: readonly (readonly RichTextFormat[] | undefined)[]
    readonly activeFormats?: readonly RichTextFormat[]
  }
  export interface FormatEditProps {
    readonly isActive: boolean
    readonly activeAttributes: Readonly<Record<string, string>>
    readonly value: RichTextValue
    readonly contentRef: { readonly current: HTMLElement | null }
    readonly onChange: (value: RichTextValue) => void
    readonly onFocus: () => void
  }
  export interface FormatSettings {
    readonly title: string
    readonly tagName: string
    readonly className: string
    readonly attributes?: Readonly<Record<string, string>>
    readonly edit: ComponentType<FormatEditProps>
  }
  export function registerFormatType(name: string, settings: FormatSettings): void
  export function create(options: { readonly text: string }): RichTextValue
  export function insert(
    value: RichTextValue,
    inserted: RichTextValue,
    start?: number,
    end?: number,
  ): RichTextValue
  export function applyFormat(
    value: RichTextValue,
    format: RichTextFormat,
    start?: number,
    end?: number,
  ): RichTextValue
  export function removeFormat(value: RichTextValue, type: string): RichTextValue
  export function slice(value: RichTextValue, start?: number, end?: number): RichTextValue
  export function useAnchor(options: {
    readonly editableContentElement: HTMLElement | null
    readonly settings: Partial<FormatSettings> & { readonly isActive: boolean }
  }): unknown
}

declare module '*.scss'

declare module '@wordpress/date' {
  /** Formats an instant in the site's time zone, by PHP's letters. */
  export function date(format: string, instant: string | number | Date): string
  /** Reads a local time of the site. */
  export function getDate(local: string): Date
  /** Formats an instant in the site's time zone and language, by PHP's letters. */
  export function dateI18n(format: string, instant: string | number | Date): string
  export function getSettings(): {
    readonly timezone: { readonly string: string }
    readonly formats: { readonly date: string; readonly time: string; readonly datetime: string }
  }
}
