import type { RulesetSource } from '@attune/storage'
import { createEdgeConfigRuleset } from '@attune/storage/ruleset-edge-config'
import { createFileRuleset } from '@attune/storage/ruleset-file'
import { after } from 'next/server'

const { ATTUNE_SECRET, ATTUNE_RULESET = 'ruleset.published.json', EDGE_CONFIG } = process.env
const SECONDS = readSeconds(process.env.ATTUNE_RULESET_SECONDS || '30')

/** Opens the ruleset: from Edge Config where the environment names one, else from a file. */
export function openRuleset(): RulesetSource {
  const options = {
    interval: SECONDS * 1_000,
    // Some hosts put a process to sleep after its answer: this says that something goes on behind it.
    waitUntil: (work: Promise<void>) => after(work),
  }
  if (EDGE_CONFIG === undefined) return createFileRuleset({ ...options, path: ATTUNE_RULESET })
  return createEdgeConfigRuleset({ ...options, connectionString: EDGE_CONFIG, secret: ATTUNE_SECRET })
}

// What is no number must not keep pages from being shown.
function readSeconds(text: string): number {
  const seconds = Number(text)
  if (seconds > 0) return seconds
  console.error(`ATTUNE_RULESET_SECONDS is ${text}. Give a number above 0; until then it is 30.`)
  return 30
}
