import { Path, SVG } from '@wordpress/components'
import type { ReactElement } from 'react'

/** What else can be done. */
export const moreIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns="http://www.w3.org/2000/svg">
    <Path d="M13 19h-2v-2h2zm0-6h-2v-2h2zm0-6h-2V5h2z" />
  </SVG>
)
