export {
  createDecisionReader,
  type DecisionReader,
  type DecisionReaderOptions,
} from './page/create-decision-reader.ts'
export {
  createVariantPages,
  type VariantPages,
  type VariantPagesOptions,
} from './page/create-variant-pages.ts'
export { Placement, type PlacementProps } from './page/placement.tsx'
export type { PageDecisions, PlacementDecision } from './page/read-decisions.ts'
export { revalidateVariants } from './page/revalidate-variants.ts'
export type { PathParams, VariantPage, VariantPageProps } from './page/variant-page.ts'
