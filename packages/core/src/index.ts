export type { Allocation, AllocationShare } from './allocation/allocation.ts'
export { BUCKETS, bucketOf } from './allocation/bucket.ts'
export { fromBase64Url, toBase64Url } from './code/base64url.ts'
export { baselineVariants, decodeCode, encodeCode, type Variants, variantsOf } from './code/decision-code.ts'
export { fromPayload, toPayload } from './code/payload.ts'
export { decodePin, encodePin, MAX_PIN, type Pin } from './code/pin.ts'
export { createSealKeys, liveSecrets, MIN_SECRET, type SealKeys, seal, unseal } from './code/seal.ts'
export { decodeVisitor, encodeVisitor, isAccountCookie } from './code/visitor-cookie.ts'
export {
  decodeToken,
  encodeToken,
  MAX_TOKEN,
  TOKEN_SECONDS,
  type TokenOwner,
  type VisitorToken,
} from './code/visitor-token.ts'
export type * from './condition/condition.ts'
export type {
  Definitions,
  FunnelDefinition,
  InterestDefinition,
  RfmDefinition,
  ScoreDefinition,
  TraitDefinition,
} from './condition/definitions.ts'
export { parseDuration } from './condition/duration.ts'
export { parseInstant } from './condition/instant.ts'
export { type Consent, isGranted, NO_CONSENT, parseConsent } from './consent/consent.ts'
export { DEFAULT_PURPOSE, isPurpose, PURPOSES, type Purpose } from './consent/purpose.ts'
export {
  type ConsentQuestion,
  type ConsentRules,
  DESPITE_OBJECTION,
  OBJECTED,
  settleConsent,
} from './consent/settle-consent.ts'
export type { Context } from './context/context.ts'
export { parseContext } from './context/parse-context.ts'
export { readDevice } from './context/read-device.ts'
export { readLanguage } from './context/read-language.ts'
export { readSession } from './context/read-session.ts'
export { baseline, type DecisionQuestion, decide } from './decision/decide.ts'
export type { Decision, DecisionReason } from './decision/decision.ts'
export { evaluateSegments, type SegmentAnswer } from './decision/evaluate.ts'
export { type DecisionOf, fillExperience } from './decision/fill-experience.ts'
export { type AttuneEvent, type PropertyValue, type RecordedContext, toSeconds } from './event/event.ts'
export {
  type EventDefinition,
  type EventDefinitions,
  EXPOSURE,
  findEvent,
  IDENTIFY,
  isBuiltIn,
  purposeOfEvent,
} from './event/event-definition.ts'
export { compareEvents } from './event/event-order.ts'
export { keepDeclared, type Unfit } from './event/keep-declared.ts'
export { MAX_EVENT_ID, parseEvent } from './event/parse-event.ts'
export { recordContext } from './event/record-context.ts'
export { readRecordedContext } from './event/recorded-context.ts'
export type { Experience } from './experience/experience.ts'
export type { PublishedExperience } from './experience/published-experience.ts'
export type { Leaf, Node } from './match/leaf.ts'
export { type ZoneOffset, zoneOffset } from './match/local-time.ts'
export type { Question } from './match/scope.ts'
export { adoptPlan } from './profile/adopt-plan.ts'
export { applyEvents } from './profile/apply-events.ts'
export { foldEvents } from './profile/fold-events.ts'
export { emptyHistory, type Folded, type History, KEPT_EVENTS, type ReadRecent } from './profile/history.ts'
export {
  type KeptTraits,
  keepDeclaredTraits,
  MAX_TRAIT_LIST,
  MAX_TRAIT_TEXT,
  type Teller,
} from './profile/keep-declared-traits.ts'
export { mergeHistories } from './profile/merge-histories.ts'
export { emptyProfile, type Profile, type TraitTelling, type TraitValue } from './profile/profile.ts'
export { readToldTraits } from './profile/read-told-traits.ts'
export { TRAIT_WEIGHTS } from './profile/tell-traits.ts'
export { uniteEvents } from './profile/unite-events.ts'
export { compareText } from './result/compare-text.ts'
export { isObject, type Json, type JsonObject, own } from './result/json.ts'
export { jsonPath } from './result/json-path.ts'
export { failure, type Problem, type Result, success } from './result/result.ts'
export { type CompiledRuleset, compileRuleset } from './ruleset/compile-ruleset.ts'
export { contextGroups } from './ruleset/context-groups.ts'
export { PUBLISHED_FORMAT, type PublishedRuleset, type ShownRuleset } from './ruleset/published-ruleset.ts'
export {
  DEFAULT_EVENT_RETENTION,
  DEFAULT_PROFILE_RETENTION,
  type PlacementDefinition,
  type Ruleset,
} from './ruleset/ruleset.ts'
export type { Segment, Segments } from './segment/segment.ts'
export { eventsOf } from './signal/fold-signal.ts'
export type { SignalPlan } from './signal/plan-signals.ts'
export { recordedPaths } from './signal/recorded-paths.ts'
export type { Signal, SignalState } from './signal/signal.ts'
export { murmur3 } from './visitor/murmur3.ts'
export { MAX_VISITOR_ID, parseVisitorId } from './visitor/visitor-id.ts'
