import type { Ruleset } from '@attune/core'
import { compileChecked } from '../../../../core/test/oracle/cases.ts'
import type { Engine } from '../engines/engine.ts'
import type { Scene } from './scene.ts'
import { isSame } from './talk.ts'
import { tellAsking, tellGuest, tellRulesets } from './tell.ts'

/** What the two say to one scene. */
export interface Dispute {
  readonly scene: Scene
  /** A case that bin/evaluate.php answers. */
  readonly line: string
  readonly wanted: string
  readonly given: string
}

const MOST_TRIES = 3_000

/** Makes a scene smaller as long as the two differ. Answers nothing when they agree on it, asked alone. */
export async function shrink(engine: Engine, scene: Scene): Promise<Dispute | undefined> {
  let dispute = await disputeOf(engine, scene)
  let tries = 0
  for (let isSmaller = true; isSmaller && dispute !== undefined && tries < MOST_TRIES; ) {
    isSmaller = false
    for (const smaller of smallerScenes(dispute.scene)) {
      tries++
      const found = await disputeOf(engine, smaller)
      if (found === undefined) continue
      dispute = found
      isSmaller = true
      break
    }
  }
  return dispute
}

async function disputeOf(engine: Engine, scene: Scene): Promise<Dispute | undefined> {
  const [compiled, older] = [compileSafely(scene.ruleset), compileSafely(scene.older)]
  if (compiled === undefined || older === undefined) return undefined
  const { profile, ...guest } = tellGuest(scene, { compiled, older })
  const lines = [tellRulesets({ compiled, older }), guest, tellAsking(scene.asking, compiled, profile)]
  const answers = await engine.ask(lines.map(({ text }) => text))
  const wrong = lines.findIndex(({ wanted }, at) => !isSame(answers[at]!, wanted))
  if (wrong < 0) return undefined
  const { assume: _, ...asking } = scene.asking
  const { document: _d, ...ruleset } = compiled.ruleset
  const line = JSON.stringify({ ruleset, profile, ...asking })
  return { scene, line, wanted: lines[wrong]!.wanted, given: answers[wrong]! }
}

// What is left over may refer to what is gone.
function compileSafely(ruleset: Ruleset): ReturnType<typeof compileChecked> {
  try {
    return compileChecked(ruleset)
  } catch {
    return undefined
  }
}

function* smallerScenes(scene: Scene): Generator<Scene> {
  const { ruleset, asking, batches } = scene
  if (scene.by !== 'profile') yield { ...scene, by: 'profile' }
  if (scene.heardBefore > 0) yield { ...scene, heardBefore: 0 }
  if (Object.keys(scene.older.segments ?? {}).length > 0)
    yield { ...scene, older: { ...scene.older, segments: {} } }
  if (Object.keys(asking.assume).length > 0) yield { ...scene, asking: { ...asking, assume: {} } }
  const { experiences = [], segments = {}, holdout: _, ...rest } = ruleset
  if (ruleset.holdout !== undefined) yield { ...scene, ruleset: { ...rest, experiences, segments } }
  for (const fewer of halves(experiences)) yield { ...scene, ruleset: { ...ruleset, experiences: fewer } }
  for (const fewer of halves(Object.entries(segments)))
    yield { ...scene, ruleset: { ...ruleset, segments: Object.fromEntries(fewer) } }
  for (const [key, { when }] of Object.entries(segments)) {
    for (const child of childrenOf(when))
      yield { ...scene, ruleset: { ...ruleset, segments: { ...segments, [key]: { when: child } } } } as Scene
  }
  for (const fewer of halves(Object.entries(asking.context)))
    yield { ...scene, asking: { ...asking, context: Object.fromEntries(fewer) } }
  for (const fewer of halves(Object.entries(scene.traits)))
    yield { ...scene, traits: Object.fromEntries(fewer) }
  const events = batches.flat()
  if (batches.length > 1) yield { ...scene, batches: [events] }
  for (const fewer of halves(events)) yield { ...scene, batches: [fewer] }
}

/** The list without each half, each quarter, and so on down to each single one. */
function* halves<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < list.length; at += size) yield [...list.slice(0, at), ...list.slice(at + size)]
  }
}

function childrenOf(condition: object): readonly unknown[] {
  return Object.values(condition)
    .flat()
    .filter((child) => typeof child === 'object' && child !== null)
}
