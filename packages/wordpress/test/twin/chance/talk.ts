import { isDeepStrictEqual } from 'node:util'
import { createRandom } from '../../../../core/test/oracle/random.ts'
import type { Engine } from '../engines/engine.ts'
import { drawAskings, drawGuest, drawRuleset } from './draw.ts'
import type { Line, Scene } from './scene.ts'
import { tellAsking, tellGuest, tellRulesets } from './tell.ts'

/** How many visitors a ruleset has and how many questions each. */
export interface Sizes {
  readonly guests: number
  readonly askings: number
}

/** A line, and the scene it belongs to; a line that tells of a guest carries the guest's first question. */
export interface Spoken extends Line {
  readonly seed: number
  readonly scene: Scene | undefined
  readonly isQuestion: boolean
}

/** A line to which PHP answered something else. */
export interface Difference extends Spoken {
  readonly given: string
}

/** Everything that one seed asks; nothing when its ruleset is too large. */
export function speak(seed: number, { guests, askings }: Sizes): readonly Spoken[] {
  const random = createRandom(seed)
  const drawn = drawRuleset(random, `r${seed}`)
  if (drawn === undefined) return []
  const told: Spoken = { ...tellRulesets(drawn), seed, scene: undefined, isQuestion: false }
  return [told, ...Array.from({ length: guests }, ofGuest).flat()]

  function ofGuest(): readonly Spoken[] {
    const guest = drawGuest(random, drawn!)
    const { profile, ...line } = tellGuest(guest.guest, drawn!)
    const scenes = drawAskings(random, guest, drawn!, profile, askings).map((asking) => ({
      ...guest.guest,
      asking,
    }))
    const asked = scenes.map((scene) => {
      return { ...tellAsking(scene.asking, drawn!.compiled, profile), seed, scene, isQuestion: true }
    })
    return [{ ...line, seed, scene: scenes[0], isQuestion: false }, ...asked]
  }
}

/** What PHP answers otherwise than wanted. */
export async function listen(engine: Engine, spoken: readonly Spoken[]): Promise<readonly Difference[]> {
  const answers = await engine.ask(spoken.map(({ text }) => text))
  return spoken.flatMap((line, at) => {
    const given = answers[at]!
    return isSame(given, line.wanted) ? [] : [{ ...line, given }]
  })
}

/** Equal JSON; members of objects may stand in another order. */
export function isSame(given: string, wanted: string): boolean {
  return given === wanted || isDeepStrictEqual(JSON.parse(given), JSON.parse(wanted))
}
