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
  /**
   * Has every ruleset made ready before it is in force, the present one at once. What `prepare` throws keeps the ruleset out;
   * what it answers is called at the moment of change, for all who follow together.
   */
  follow(prepare: PrepareRuleset): void
  /** How it stands, for health pages. Asks nobody, never throws and holds no secret. */
  state(): RulesetState
}

/** Makes ready what a ruleset needs, and answers what puts it to use: that must not throw. */
export type PrepareRuleset = (ruleset: PublishedRuleset) => () => void

/** How a source stands. */
export interface RulesetState {
  /**
   * `fresh`: lately its source said that the ruleset in force is the newest. `stale`: the last good one goes on, because there
   * was no good answer, or nobody asked for two intervals. `default`: there never was one, baselines are shown.
   */
  readonly state: 'fresh' | 'stale' | 'default'
  /** Of the ruleset in force. */
  readonly revision?: string
  /** Milliseconds since its source last said that it is the newest. */
  readonly age?: number
  /** Why the last question had no good answer, and the cure. */
  readonly trouble?: string
}
