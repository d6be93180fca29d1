import { Trouble } from '../trouble.mjs'
import { runVitest } from '../vitest.mjs'

const RECALL = 'packages/collector/test/quality/recall.test.ts'
const SEEDS = 40

/** Alarms on forty simulated months without a fault and forty with forty faults each. */
export async function soakQuality({ seed }) {
  process.stdout.write(`— alarms, seeds ${seed} to ${seed + SEEDS - 1}\n`)
  const env = { ATTUNE_SOAK: '1', ATTUNE_SEED: String(seed) }
  const { failed, passed } = await runVitest('unit', [RECALL], { env })
  process.stdout.write(`  ${passed} months as they should be, ${failed} not\n`)
  if (failed > 0)
    throw new Trouble(
      `${failed} months had too many false alarms or too few true ones; the lines above say which.`,
      {
        cure: `Replay with quality --seed ${seed}.`,
      },
    )
}
