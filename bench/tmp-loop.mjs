import { applyEvents, compileRuleset, emptyProfile } from '../packages/core/src/index.ts'
import { publishRuleset } from '../packages/core/src/publish.ts'
import { makeBehaviour, makeBehaviourRuleset, makeContext } from './support/behaviour-ruleset.mjs'

const NOW = Date.UTC(2026, 10, 22, 12)
const compiled = compileRuleset(publishRuleset(makeBehaviourRuleset(100)))
const qs = Array.from({ length: 64 }, (_, s) => ({
  profile: JSON.parse(
    JSON.stringify(applyEvents(emptyProfile(compiled.plan), makeBehaviour(s, NOW), compiled.plan)),
  ),
  context: makeContext(s),
  consent: { preferences: true, statistics: true },
  now: NOW,
  visitor: 'v' + s,
}))
const ms = compiled.segments.keys.map(compiled.segments.matcherOf)
let best = 1e9
for (let r = 0; r < 600; r++) {
  const a = performance.now()
  for (const q of qs) {
    const s = compiled.open(q)
    let t = 0
    for (const m of ms) t += m(s)
  }
  best = Math.min(best, performance.now() - a)
}
console.log((best * 1000) / 64)
