export { showVariants } from './wordpress/show-variants.ts'
export type { WordPressPlacement, WordPressVariant } from './wordpress/wordpress-placement.ts'
