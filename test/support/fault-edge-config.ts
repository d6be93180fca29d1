import { createEdgeConfigRuleset, type EdgeConfigRulesetOptions } from '@attune/storage/ruleset-edge-config'
import { type RulesetSource, sealRuleset } from '@attune/storage/ruleset-source'
import { makePublished, SECRET } from './fault-ruleset.ts'

/** What lies in an Edge Config, and how it is answered for. */
export interface EdgeConfigStage {
  /** What a read gives; may throw or never come. */
  answer: () => Promise<unknown>
  /** Milliseconds; moved by hand. */
  now: number
  reads: number
  readonly source: RulesetSource
  /** A new process: it knows nothing yet. */
  readonly begin: () => RulesetSource
  /** Puts a signed ruleset of a revision there. */
  put(revision: string): Promise<void>
}

/** Sets up an Edge Config that holds revision r1, and a source that reads it. */
export async function openEdgeConfigStage(
  over: Partial<EdgeConfigRulesetOptions> = {},
): Promise<EdgeConfigStage> {
  const begin = (): RulesetSource =>
    createEdgeConfigRuleset({
      client: {
        get: () => {
          stage.reads++
          return stage.answer()
        },
      },
      secret: SECRET,
      timeout: 100,
      clock: () => stage.now,
      random: () => 0.5,
      onError: () => {},
      ...over,
    })
  const stage: EdgeConfigStage = {
    answer: async () => undefined,
    now: 0,
    reads: 0,
    source: begin(),
    begin,
    put: async (revision) => {
      const envelope = await sealOf(revision)
      stage.answer = async () => envelope
    },
  }
  await stage.put('r1')
  return stage
}

/** The envelope of a revision, as `attune publish edge-config` writes it. */
export function sealOf(revision: string, secret: string = SECRET): Promise<unknown> {
  return sealRuleset(`${JSON.stringify(makePublished(revision, true))}\n`, secret)
}
