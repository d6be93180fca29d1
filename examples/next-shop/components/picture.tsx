import type { ReactNode } from 'react'

type PictureProps = {
  readonly src: string
  /** Empty for a picture that says nothing the text does not. */
  readonly alt: string
  /** Units of the drawing; the style sheet decides the size shown. */
  readonly size: readonly [width: number, height: number]
  /** The largest picture of the first screen. */
  readonly first?: boolean
  readonly className?: string
}

/**
 * A picture that is fetched at once. The `<picture>` around it keeps React from writing a preload hint into the page's
 * data, where every prefetched link would fetch pictures of pages that nobody has opened.
 */
export function Picture({ src, alt, size, first, className }: PictureProps): ReactNode {
  const [width, height] = size
  return (
    <picture>
      <img
        src={src}
        alt={alt}
        width={width}
        height={height}
        fetchPriority={first ? 'high' : 'auto'}
        className={className}
      />
    </picture>
  )
}
