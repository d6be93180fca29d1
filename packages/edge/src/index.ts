export { GEO_PRESETS, type GeoHeaders, readGeo } from './context/geo.ts'
export {
  CONSENT_COOKIE,
  HOST_PREFIX,
  PIN_COOKIE,
  PREVIEW_COOKIE,
  TOKEN_COOKIE,
  VISITOR_COOKIE,
} from './cookie/cookie-names.ts'
export { followRuleset } from './follow-ruleset.ts'
export { patiently, type WaitUntil } from './host/patiently.ts'
export {
  createPersonalizer,
  type Personalized,
  type PersonalizeOptions,
  type Personalizer,
} from './personalize.ts'
export { createPreview, type Preview, readPreview } from './preview/preview.ts'
export { INTERNAL_PREFIX, isInternalPath } from './route/internal-path.ts'
export { createRouter, type PageAddress, type Router } from './route/router.ts'
export { type RulesetInput, type RulesetOrSource, toRuleset } from './ruleset-input.ts'
export type { PersonalizerOptions } from './site.ts'
export type { DecisionSource } from './visit.ts'
