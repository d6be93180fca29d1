export { BEHAVIOUR_RULES, type BehaviourRules, type ProgramReason } from './bot/behaviour-rules.ts'
export {
  type Behaviour,
  type BehaviourEvent,
  type BehaviourOptions,
  createBehaviour,
} from './bot/create-behaviour.ts'
export {
  type Asker,
  createLimiter,
  type Limited,
  type LimitedBy,
  type Limiter,
  type LimiterOptions,
  type Rate,
} from './limit/create-limiter.ts'
export {
  type Alarm,
  type AlarmChange,
  type AlarmKind,
  describeAlarm,
  describeChange,
  testChange,
} from './quality/alarm.ts'
export {
  type Alarms,
  type AlarmsOptions,
  type CollectionHealth,
  createAlarmLog,
  createAlarms,
} from './quality/create-alarms.ts'
export {
  createWatch,
  type HeardEvent,
  type SavedEvent,
  type SavedTally,
  type SavedWatch,
  UNDECLARED,
  type Watch,
  type WatchOptions,
} from './quality/create-watch.ts'
export {
  type AlarmSink,
  createWebhook,
  type RequestHttps,
  type WebhookOptions,
} from './quality/create-webhook.ts'
export { isPublicAddress } from './quality/public-address.ts'
