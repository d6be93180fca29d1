import type { PublishedRuleset } from '@attune/core'

/** Where a host that runs for long gets its ruleset from. */
export interface RulesetSource {
  /**
   * The ruleset in force. It is looked after behind the answer: only the first call waits. Rejects only while none was ever
   * read.
   */
  load(): Promise<PublishedRuleset>
  /** Asks now, for whoever was told that it changed. Never rejects: what was in force stays. */
  refresh(): Promise<void>
  /** In force now and a moment ago, the newest first: a code may have been made by the one before. */
  recent(): readonly PublishedRuleset[]
}
