import { Path, SVG } from '@wordpress/components'
import type { ReactElement } from 'react'

const XMLNS = 'http://www.w3.org/2000/svg'

/** Adaptive Content: one page out of several. */
export const adaptiveIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M3 5.5A1.5 1.5 0 0 1 4.500 4h9A1.500 1.500 0 0 1 15 5.500V7h-1.500V5.500h-9v9H6V16H4.500A1.500 1.500 0 0 1 3 14.500zM9 9.500A1.500 1.500 0 0 1 10.500 8h9A1.500 1.500 0 0 1 21 9.500v9a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 9 18.500zm1.500 0v9h9v-9zM15 10.500a1.750 1.750 0 1 1 0 3.500 1.750 1.750 0 0 1 0-3.500m-3 6.750c0-1.500 1.300-2.500 3-2.500s3 1 3 2.500z"
    />
  </SVG>
)

/** An audience: two heads. */
export const audienceIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M9 5a3.250 3.250 0 1 0 0 6.500A3.250 3.250 0 0 0 9 5M7.250 8.250a1.750 1.750 0 1 1 3.500 0 1.750 1.750 0 0 1-3.500 0M3 18.500c0-3 2.500-5 6-5s6 2 6 5v.5H3zm1.700-1h8.600c-.4-1.500-2-2.500-4.300-2.500s-3.900 1-4.300 2.500M15.500 6a2.750 2.750 0 0 1 .6 5.430V9.800a1.250 1.250 0 0 0-.6-2.300zM16.500 13.200c2.700.2 4.500 1.900 4.500 4.300V18h-4.100v-1.500h2.400c-.3-1-1.300-1.700-2.800-1.800z"
    />
  </SVG>
)

/** A value of the visitor within a text: a tag in braces. */
export const valueIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M8.500 4.500v1.500c-1.200 0-1.500.4-1.500 1.500v2c0 1.200-.5 2-1.400 2.500.9.500 1.400 1.300 1.400 2.500v2c0 1.100.3 1.500 1.500 1.500v1.500c-2 0-3-1-3-3v-2c0-1.200-.4-1.750-1.500-1.750v-1.500c1.100 0 1.500-.55 1.500-1.750v-2c0-2 1-3 3-3m7 0c2 0 3 1 3 3v2c0 1.200.4 1.750 1.500 1.750v1.500c-1.100 0-1.500.55-1.500 1.750v2c0 2-1 3-3 3V18c1.200 0 1.500-.4 1.500-1.500v-2c0-1.200.5-2 1.400-2.500-.9-.5-1.400-1.300-1.400-2.500v-2c0-1.100-.3-1.500-1.500-1.500zM12 9.250a2.250 2.250 0 1 1 0 4.500 2.250 2.250 0 0 1 0-4.500"
    />
  </SVG>
)

/** Looking with a visitor's eyes. */
export const viewIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M12 6c4.200 0 7.500 2.300 9.300 6-1.800 3.700-5.100 6-9.300 6s-7.500-2.300-9.300-6C4.500 8.300 7.800 6 12 6m0 1.500c-3.300 0-5.900 1.600-7.600 4.500 1.700 2.900 4.300 4.500 7.600 4.500s5.900-1.600 7.600-4.500c-1.700-2.900-4.300-4.500-7.600-4.500m0 1.750a2.750 2.750 0 1 1 0 5.500 2.750 2.750 0 0 1 0-5.500"
    />
  </SVG>
)

/** One more. */
export const plusIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path d="M11.250 5h1.500v6.250H19v1.500h-6.250V19h-1.500v-6.250H5v-1.500h6.250z" />
  </SVG>
)

/** There is more to choose from. */
export const chevronIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path d="m12 15.500-5.500-5.500 1-1 4.500 4.500 4.500-4.500 1 1z" />
  </SVG>
)

/** What can be done. */
export const moreIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path d="M5 11h2v2H5zm6 0h2v2h-2zm6 0h2v2h-2z" />
  </SVG>
)

/** Chosen. */
export const checkIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path d="m9.500 17.600-5-5 1.100-1.100 3.900 3.900 8.900-8.900 1.100 1.100z" />
  </SVG>
)

/** Two ways out of one. */
export const splitIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path d="M11.250 20v-6.700L6 8.050V11H4.500V5.500H10V7H7.050l4.950 4.950L16.950 7H14V5.500h5.500V11H18V8.050l-5.250 5.250V20z" />
  </SVG>
)

/** A time. */
export const clockIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16m0 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13m-.75 2.500h1.500v3.700l2.650 2.650-1.060 1.060-3.090-3.100z"
    />
  </SVG>
)

/** Something left in a cart. */
export const cartIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M3 5h2.900l.6 2.500H20L18.300 15H7.600L5 6.500H3zm3.900 4 1.800 4.500h8.400l1-4.500zM9 17a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3m7.500 0a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3"
    />
  </SVG>
)

/** A country. */
export const flagIcon: ReactElement = (
  <SVG viewBox="0 0 24 24" xmlns={XMLNS}>
    <Path
      fillRule="evenodd"
      d="M5 4h1.500v.6c3.500-1.100 6 1.900 12.500.2v9c-6.500 1.700-9-1.300-12.500-.2V20H5zm1.500 2.200v5.850c3.300-.7 5.800 1.500 11 .6V6.700c-5.200.8-7.700-1.400-11-.5"
    />
  </SVG>
)
