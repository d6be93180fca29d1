// What the pages of the benchmark hold: ten placements, or the same ten blocks plain; and rulesets of 100 segments.
import {
  applyEvents,
  compileRuleset,
  createSealKeys,
  emptyProfile,
  encodeToken,
  encodeVisitor,
} from '../../packages/core/dist/index.js'
import { publishRuleset } from '../../packages/core/dist/publish.js'
import { createRandom, makeBehaviour, makeBehaviourRuleset } from './behaviour-ruleset.mjs'

const PLACEMENTS = 10
const VARIANTS = 3
const SEGMENTS = 100
// The first of them have a place in the key: browsers are told of no others.
const TOLD = 32
const WORDS = 'Warm boots for long days in the hills, tried by people who walk there all year. '

const paragraph = (text) => `<!-- wp:paragraph --><p>${text}</p><!-- /wp:paragraph -->`
const content = (name) => paragraph(`${name}: ${WORDS.repeat(3)}`) + paragraph(WORDS.repeat(2))
const block = (name, attributes, inner) =>
  `<!-- wp:${name} ${JSON.stringify(attributes)} -->${inner}<!-- /wp:${name} -->`

/** Ten plain pieces, which are the defaults of the placements. */
export function plainPage() {
  return range(PLACEMENTS)
    .map((at) => content(`Piece ${at}`))
    .join('')
}

/** Ten placements of a default and three variants for two segments each. */
export function placementsPage(delivery) {
  return range(PLACEMENTS)
    .map((at) => {
      const variants = range(VARIANTS).map((place) => {
        const first = (at * VARIANTS + place) % TOLD
        const segments = [`segment-${first}`, `segment-${(first + 7) % TOLD}`]
        return block(
          'attune/variant',
          { key: `v${place}`, segments, match: 'all' },
          content(`Variant ${place}`),
        )
      })
      const fallback = block('attune/variant', { key: 'default', isDefault: true }, content(`Piece ${at}`))
      return block('attune/adaptive', { placementId: `p${at}`, delivery }, [...variants, fallback].join(''))
    })
    .join('')
}

/** 100 segments of three conditions on what requests tell, or of ten on what visitors did. */
export function rulesets() {
  return {
    attributes: publishRuleset(attributes(), { document: false }),
    behaviour: publishRuleset(renamed(makeBehaviourRuleset(SEGMENTS)), { document: false }),
  }
}

function attributes() {
  const random = createRandom(11)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const kinds = [
    () => ({ attr: 'geo.country', in: [pick(['GB', 'IE', 'NO']), pick(['DE', 'FR', 'ES'])] }),
    () => ({ attr: 'device.type', is: pick(['mobile', 'desktop', 'tablet']) }),
    () => ({ attr: 'device.os', isNot: pick(['ios', 'android', 'windows']) }),
    () => ({ attr: 'language', startsWith: pick(['en', 'de', 'fr']) }),
    () => ({ attr: 'utm.source', is: pick(['mail', 'search', 'social']) }),
    () => ({ attr: 'referrer.host', contains: pick(['search', 'news', 'friends']) }),
    () => ({ attr: 'query.ref', exists: pick([true, false]) }),
  ]
  const segment = () => ({ when: { [pick(['all', 'any'])]: range(3).map(() => pick(kinds)()) } })
  const segments = Object.fromEntries(range(SEGMENTS).map((at) => [`segment-${at}`, segment()]))
  return { version: 1, revision: 'attributes', timezone: 'UTC', segments }
}

// Without placements of its own: those of the page have their own variants.
function renamed({ placements: _, experiences: __, routes: ___, ...document }) {
  const segments = Object.values(document.segments)
  return {
    ...document,
    revision: 'behaviour',
    segments: Object.fromEntries(segments.map((segment, at) => [`segment-${at}`, segment])),
  }
}

/** The cookies of a visitor who agreed and did something, their profile in the token. */
export function visitorCookies(published, { secret, host, now }) {
  const compiled = compileRuleset(published)
  const keys = createSealKeys(secret)
  for (let seed = 0; seed < 200; seed++) {
    const visitor = `visitor-${String(seed).padStart(14, '0')}`
    const profile = applyEvents(emptyProfile(compiled.plan), makeBehaviour(seed, now), compiled.plan)
    const issued = { profile, issuedAt: Math.floor(now / 1000), utcOffset: 60 }
    const token = encodeToken(keys, { site: host, visitor }, compiled, issued)
    if (token !== undefined)
      return `attune_consent=preferences.statistics; attune_visitor=${encodeVisitor(keys, host, visitor)}; attune_token=${token}`
  }
  throw new Error('No profile fits into a token.')
}

function range(count) {
  return Array.from({ length: count }, (_, at) => at)
}
