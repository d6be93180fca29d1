import { BROKER_AWAY } from './broker-away.ts'
import { CLOCKS } from './clocks.ts'
import { HOT_VISITOR } from './hot-visitor.ts'
import { LOAD } from './load.ts'
import { PAGES } from './pages.ts'
import { PROCESSES } from './processes.ts'
import { QUEUE } from './queue.ts'
import { QUOTA } from './quota.ts'
import { REDIS_BYTES } from './redis-bytes.ts'
import { REDIS_FAILOVER } from './redis-failover.ts'
import { REDIS_LINE } from './redis-line.ts'
import { REDIS_RESTART } from './redis-restart.ts'
import { REDIS_TROUBLE } from './redis-trouble.ts'
import { ROLLING } from './rolling.ts'
import { RULESET_FLIPS } from './ruleset-flips.ts'
import { RULESETS } from './rulesets.ts'
import type { Scenario } from './scenario.ts'
import { SQLITE } from './sqlite.ts'
import { STORMS } from './storms.ts'
import { UPSTASH } from './upstash.ts'

/** Everything that goes wrong in a test run. */
export const SCENARIOS: readonly Scenario[] = [
  ...REDIS_LINE,
  ...REDIS_TROUBLE,
  ...REDIS_RESTART,
  ...REDIS_FAILOVER,
  ...REDIS_BYTES,
  ...UPSTASH,
  ...PAGES,
  ...SQLITE,
  ...QUEUE,
  ...BROKER_AWAY,
  ...RULESET_FLIPS,
  ...CLOCKS,
  ...PROCESSES,
  ...ROLLING,
  ...QUOTA,
  ...LOAD,
  ...HOT_VISITOR,
  ...STORMS,
  ...RULESETS,
]
