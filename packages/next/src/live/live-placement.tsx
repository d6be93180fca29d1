'use client'

import { type CSSProperties, type HTMLAttributes, type JSX, type ReactNode, useRef, version } from 'react'
import { useLiveVariant } from './use-live-variant.ts'

/** A placement that changes while it is looked at. */
export interface LivePlacementProps extends Omit<HTMLAttributes<HTMLElement>, 'id' | 'children'> {
  readonly id: string
  /** Variant → what it shows; all of them are rendered. */
  readonly variants: { readonly [variant: string]: ReactNode }
  /** What the page was decided to show. */
  readonly decided: string
  readonly as: 'article' | 'aside' | 'div' | 'footer' | 'header' | 'li' | 'nav' | 'section' | 'span'
  /** Where the socket is; '' for the tracker's default. */
  readonly socket: string
}

// All in one place, so that it is as high as the highest: what changes in it moves nothing else.
const SHOWN: CSSProperties = { gridArea: '1 / 1', minWidth: 0 }
const AT_REST: CSSProperties = { ...SHOWN, visibility: 'hidden' }
// React 18 leaves the property out and warns of it.
const INERT: object = Number.parseInt(version, 10) >= 19 ? { inert: true } : {}

/** Shows one variant, and keeps the others at rest in the same place: out of sight, out of reach, and silent. */
export function LivePlacement({
  id,
  variants,
  decided,
  as: Element,
  socket,
  style,
  ...rest
}: LivePlacementProps): JSX.Element {
  const ref = useRef(null)
  const shown = useLiveVariant(id, decided, (variant) => Object.hasOwn(variants, variant), ref)
  const Cell = Element === 'span' ? 'span' : 'div'
  return (
    <Element
      {...rest}
      ref={ref}
      style={{ ...style, display: Element === 'span' ? 'inline-grid' : 'grid' }}
      data-attune-placement={id}
      data-attune-variant={shown}
      data-attune-live={socket}
    >
      {Object.entries(variants).map(([variant, content]) =>
        variant === shown ? (
          <Cell key={variant} style={SHOWN}>
            {content}
          </Cell>
        ) : (
          <Cell key={variant} style={AT_REST} aria-hidden="true" data-attune-rest="" {...INERT}>
            {content}
          </Cell>
        ),
      )}
    </Element>
  )
}
