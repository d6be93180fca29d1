// What PHP is asked: rulesets with ten placements of ten experiences each, and visitors.
import {
  applyEvents,
  compileRuleset,
  createSealKeys,
  emptyProfile,
  encodeToken,
} from '../../packages/core/dist/index.js'
import { publishRuleset } from '../../packages/core/dist/publish.js'
import { toRuleset } from '../rules/ours.mjs'
import { makeSegments, makeVisitors } from '../rules/workload.mjs'
import { makeBehaviour, makeBehaviourRuleset, makeContext } from '../support/behaviour-ruleset.mjs'
import { writePhp } from './write-php.mjs'

const NOW = Date.UTC(2026, 10, 22, 12)
const SECRET = 'a-secret-of-at-least-thirty-two-characters'

/** 100 segments of 3 to 6 conditions on attributes. */
export function attributeWorkload(count) {
  const segments = makeSegments(100)
  const ready = makeReady(toRuleset(segments))
  const visitors = makeVisitors(count).map((context, at) => {
    return makeVisitor(`visitor-${at}`, context, emptyProfile(ready.compiled.plan))
  })
  return { name: 'attributes', ...ready, visitors, byHand: writePhp(segments) }
}

/** 100 segments of ten conditions on what visitors did; the profile comes from the visitor's token, where it fits one. */
export function behaviourWorkload(count) {
  const ready = makeReady(makeBehaviourRuleset(100))
  const visitors = []
  for (let seed = 0; visitors.length < count; seed++) {
    const visitor = makeTokenVisitor(seed, ready.compiled)
    if (visitor.token !== undefined) visitors.push(visitor)
  }
  return { name: 'behaviour', ...ready, visitors }
}

function makeTokenVisitor(seed, compiled) {
  const profile = applyEvents(emptyProfile(compiled.plan), makeBehaviour(seed, NOW), compiled.plan)
  const visitor = makeVisitor(`visitor-${seed}`, makeContext(seed), profile)
  const issued = { profile, issuedAt: NOW / 1000, utcOffset: 60 }
  const token = encodeToken(createSealKeys(SECRET), { site: 'site', visitor: visitor.id }, compiled, issued)
  return { ...visitor, token, secret: SECRET }
}

function makeVisitor(id, context, profile) {
  const question = { profile, context, consent: { preferences: true }, now: NOW, visitor: id }
  return { id, now: NOW, context, question }
}

function makeReady(ruleset) {
  const keys = Object.keys(ruleset.segments)
  const names = Array.from({ length: 10 }, (_, at) => `placement-${at}`)
  const document = {
    ...ruleset,
    placements: Object.fromEntries(
      names.map((name) => [name, { baseline: 'none', variants: ['none', ...keys] }]),
    ),
    experiences: keys.map((segment, at) => ({
      key: `x-${at}`,
      placement: names[Math.floor(at / 10)],
      audience: { segment },
      allocation: [{ variant: segment, share: 1 }],
    })),
  }
  const published = publishRuleset(document, { document: false })
  return { document, published, compiled: compileRuleset(published) }
}
