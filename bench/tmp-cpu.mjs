import {
  applyEvents,
  compileRuleset,
  decide,
  emptyProfile,
  evaluateSegments,
} from '../packages/core/src/index.ts'
import { publishRuleset } from '../packages/core/src/publish.ts'
import { makeBehaviour, makeBehaviourRuleset, makeContext } from './support/behaviour-ruleset.mjs'

const NOW = Date.UTC(2026, 10, 22, 12)
for (const count of [100, 1000]) {
  const compiled = compileRuleset(publishRuleset(makeBehaviourRuleset(count)))
  const qs = Array.from({ length: 64 }, (_, s) => ({
    profile: JSON.parse(
      JSON.stringify(applyEvents(emptyProfile(compiled.plan), makeBehaviour(s, NOW), compiled.plan)),
    ),
    context: makeContext(s),
    consent: { preferences: true, statistics: true },
    now: NOW,
    visitor: 'v' + s,
  }))
  const time = (f, n) => {
    let best = 1e9
    for (let r = 0; r < n; r++) {
      const a = performance.now()
      for (const q of qs) f(q)
      best = Math.min(best, performance.now() - a)
    }
    return ((best * 1000) / 64).toFixed(2)
  }
  const ms = compiled.segments.keys.map(compiled.segments.matcherOf)
  console.log(
    count,
    'evaluate',
    time((q) => evaluateSegments(compiled, q), 200),
    'truths only',
    time((q) => {
      const s = compiled.open(q)
      let t = 0
      for (const m of ms) t += m(s)
      return t
    }, 200),
    'route',
    time((q) => decide(compiled, q, ['p0', 'p1', 'p2', 'p3', 'p4']), 400),
  )
  const nodes = compiled.ruleset.nodes
  const by = {}
  for (const [i, n] of nodes.entries()) {
    if (Array.isArray(n.of)) continue
    const m = compiled.matcherAt(i)
    const t = +time((q) => {
      const s = compiled.open(q)
      return m(s)
    }, 20)
    by[n.op] ??= [0, 0]
    by[n.op][0]++
    by[n.op][1] += t
  }
  if (count === 100)
    for (const [k, [c, t]] of Object.entries(by)) console.log(k.padEnd(12), c, (t / c).toFixed(3))
}
