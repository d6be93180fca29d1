import { CLOCKS } from './clocks.ts'
import { LOAD } from './load.ts'
import { PAGES } from './pages.ts'
import { PROCESSES } from './processes.ts'
import { QUEUE } from './queue.ts'
import { QUOTA } from './quota.ts'
import { REDIS_BYTES } from './redis-bytes.ts'
import { REDIS_LINE } from './redis-line.ts'
import { REDIS_RESTART } from './redis-restart.ts'
import { REDIS_TROUBLE } from './redis-trouble.ts'
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
  ...REDIS_BYTES,
  ...UPSTASH,
  ...PAGES,
  ...SQLITE,
  ...QUEUE,
  ...RULESET_FLIPS,
  ...CLOCKS,
  ...PROCESSES,
  ...QUOTA,
  ...LOAD,
  ...STORMS,
  ...RULESETS,
]
