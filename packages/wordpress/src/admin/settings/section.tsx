import type { ReactElement, ReactNode } from 'react'

interface SectionProps {
  readonly title: string
  /** One sentence of truth: what is so on this site. */
  readonly truth?: string
  readonly children: ReactNode
}

/** A part of the settings. */
export function Section({ title, truth, children }: SectionProps): ReactElement {
  return (
    <fieldset className="attune-setting">
      <legend>{title}</legend>
      {truth !== undefined && <p className="attune-truth">{truth}</p>}
      {children}
    </fieldset>
  )
}
