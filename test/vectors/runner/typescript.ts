import {
  bucketOf,
  type CompiledRuleset,
  compileRuleset,
  createSealKeys,
  decide,
  decodeCode,
  decodeToken,
  decodeVisitor,
  encodeCode,
  encodeToken,
  encodeVisitor,
  evaluateSegments,
  murmur3,
  type Profile,
  parseDuration,
  parseInstant,
  type Question,
  readSession,
  seal,
  unseal,
} from '@attune/core'
import { readJson } from '@attune/core/json'
import { cutAt } from '../../../packages/core/src/allocation/allocation.ts'
import type { Answer, Asked, AskedOf, Implementation, Visit } from './asked.ts'
import { foldVisit, mergeVisits } from './fold-visit.ts'

/** This repository's core, asked in this process. */
export const typescript: Implementation = {
  name: 'TypeScript',
  answer: async (asked) => asked.map(answerSafely),
}

function answerSafely(asked: Asked): Answer {
  try {
    return answer(asked)
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function answer(asked: Asked): Answer {
  switch (asked.ask) {
    case 'read-json':
      return readText(asked.text)
    case 'instant':
      return { seconds: parseInstant(asked.text) ?? null }
    case 'duration':
      return { seconds: parseDuration(asked.text) ?? null }
    case 'session':
      return { session: readSession(asked.cookie, asked.now) ?? null }
    case 'hash':
      return { hash: murmur3(asked.text, asked.seed) }
    case 'bucket':
      return { bucket: bucketOf(asked.visitor, asked.key) }
    case 'cut':
      return { variant: asked.cuts[cutAt(asked.cuts, asked.from, asked.bucket)]?.[0] ?? null }
    case 'seal':
      return { text: seal(createSealKeys(asked.secrets), asked.kind, asked.binding, asked.payload) }
    case 'unseal':
      return { payload: unseal(createSealKeys(asked.secrets), asked.kind, asked.binding, asked.text) ?? null }
    case 'sign-visitor':
      return { text: encodeVisitor(createSealKeys(asked.secrets), asked.site, asked.visitor) }
    case 'read-visitor':
      return { visitor: decodeVisitor(createSealKeys(asked.secrets), asked.site, asked.text) ?? null }
    case 'encode-code':
      return { text: encodeCode(...codeOf(asked), asked.variants) }
    case 'decode-code':
      return { variants: decodeCode(...codeOf(asked), asked.text) ?? null }
    case 'issue-token':
      return issueToken(asked)
    case 'read-token':
      return readToken(asked)
    case 'segment':
      return askSegment(asked.visit, foldVisit(asked.visit, compile).profile)
    case 'kept':
      return keep(asked.visit, foldVisit(asked.visit, compile).profile)
    case 'merged':
      return { either: mergeVisits(asked, compile).map((profile) => keep(asked.visit, profile)) }
    case 'decide':
      return decideAll(asked)
  }
}

// As in a host: one compiled ruleset answers many questions, and nothing of one may stay for the next.
const compiled = new Map<string, CompiledRuleset>()

function compile(text: string): CompiledRuleset {
  const known = compiled.get(text) ?? compileRuleset(JSON.parse(text))
  compiled.set(text, known)
  return known
}

function readText(text: string): Answer {
  const read = readJson(text)
  if (read.ok) return { value: read.value }
  const [first] = read.problems
  return { code: first?.code, path: first?.path }
}

function codeOf({ secrets, site, ruleset, route }: AskedOf<'encode-code'> | AskedOf<'decode-code'>) {
  return [createSealKeys(secrets), site, compile(ruleset).ruleset, route] as const
}

function issueToken({ secrets, site, visitor, utcOffset, visit }: AskedOf<'issue-token'>): Answer {
  const { profile } = foldVisit(visit, compile)
  const issuedAt = Math.floor(visit.now / 1000)
  const token = { profile, issuedAt, utcOffset }
  return {
    text: encodeToken(createSealKeys(secrets), { site, visitor }, compile(visit.ruleset), token) ?? null,
  }
}

function readToken({ secrets, site, visitor, text, visit }: AskedOf<'read-token'>): Answer {
  const ruleset = compile(visit.ruleset)
  const seconds = Math.floor(visit.now / 1000)
  const read = decodeToken(createSealKeys(secrets), { site, visitor }, ruleset, text, seconds)
  if (read === undefined) return { opens: false }
  const answers = evaluateSegments(ruleset, questionOf(visit, read.profile))
  const segments = Object.entries(answers).map(([key, { match }]) => [key, match] as const)
  return { opens: true, utcOffset: read.utcOffset, segments: Object.fromEntries(segments) }
}

function askSegment(visit: Visit, profile: Profile): Answer {
  return { ...evaluateSegments(compile(visit.ruleset), questionOf(visit, profile), ['asked']).asked! }
}

function questionOf({ context, consent, now }: Visit, profile: Profile): Question {
  return { context: JSON.parse(context), consent, now, profile }
}

function keep(visit: Visit, profile: Profile): Answer {
  return { ...askSegment(visit, profile), firstSeen: profile.firstSeen, signals: profile.signals }
}

function decideAll({ visit, visitor, placements }: AskedOf<'decide'>): Answer {
  const profile = foldVisit(visit, compile).profile
  const question = { ...questionOf(visit, profile), visitor: visitor ?? undefined }
  const decisions = decide(compile(visit.ruleset), question, placements)
  const shown = decisions.map(({ placement, variant, experience = null, reason, until }) => {
    return [placement, { variant, experience, reason, until }] as const
  })
  return { placements: Object.fromEntries(shown) }
}
