import { decide, evaluateSegments, type Question } from '@attune/core'
import { type Change, explainDecisions, explainSegment, type Trace } from '@attune/core/explain'
import { expect, test } from 'vitest'
import { sampleProperties } from '../src/explain/sample-value.ts'
import { prepare } from './oracle/ask.ts'
import { type Case, runCases } from './oracle/cases.ts'
import type { Happening, World } from './oracle/world.ts'

const SIZES = { worlds: 2, cuts: 1, nows: 2 }
const SLOW = { timeout: 120_000 }

function questionOf({ world, profile, now }: Case): Question {
  return { profile, context: world.context, consent: world.consent, now: now * 1000 }
}

test('a trace answers as the segment does, and every node as those below it say', SLOW, () => {
  const { cases, wrong } = runCases(1, 60, SIZES, (asked) => {
    const question = questionOf(asked)
    const answers = evaluateSegments(asked.compiled, question)
    return Object.keys(answers).flatMap((key) => {
      const trace = explainSegment(asked.compiled, question, key)
      const { match, until } = answers[key]!
      const agrees = trace.match === match && trace.until === until
      return [...(agrees ? [] : [{ seed: asked.seed, key, match, until, trace }]), ...inconsistent(trace)]
    })
  })
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  expect(cases).toBeGreaterThan(200)
})

test('explained decisions are those that are made', SLOW, () => {
  const { wrong } = runCases(100, 130, SIZES, (asked) => {
    const question = { ...questionOf(asked), visitor: asked.world.visitor }
    const made = decide(asked.compiled, question)
    const explained = explainDecisions(asked.compiled, question).map(({ decision }) => decision)
    return JSON.stringify(made) === JSON.stringify(explained) ? [] : [{ seed: asked.seed, made, explained }]
  })
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
})

test('what a counterfactual says comes true in the raw events, scanned', SLOW, () => {
  const said = new Map<string, number>()
  const { wrong } = runCases(200, 280, SIZES, (asked) => {
    const question = questionOf(asked)
    return Object.entries(asked.world.ruleset.segments!).flatMap(([key, { when }]): readonly unknown[] => {
      const { counterfactual, match } = explainSegment(asked.compiled, question, key)
      if (counterfactual === null) return []
      for (const { by } of counterfactual.changes) said.set(by, (said.get(by) ?? 0) + 1)
      const { world, now } = counterfactual.changes.reduce(change, asked as Pick<Case, 'world' | 'now'>)
      const found = prepare(world, when).at(now)
      const flips = (found === true) !== (match === true)
      return found === counterfactual.match && flips
        ? []
        : [{ seed: asked.seed, key, when, now: asked.now, match, found, counterfactual, world }]
    })
  })
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  // Chance proves nothing about what is never said.
  for (const by of ['time', 'event', 'steps', 'touch', 'context', 'trait', 'consent'] as const)
    expect([by, (said.get(by) ?? 0) > 10]).toEqual([by, true])
})

test('time alone changes the answer at the instant that is told and not before', SLOW, () => {
  const { wrong } = runCases(300, 340, SIZES, (asked) =>
    Object.entries(asked.world.ruleset.segments!).flatMap(([key, { when }]): readonly unknown[] => {
      const { alone, match } = explainSegment(asked.compiled, questionOf(asked), key)
      if (alone === null) return []
      const [first] = alone.changes
      const at = first?.by === 'time' ? first.at / 1000 : Number.NaN
      const oracle = prepare(asked.world, when)
      const isFlipped = (second: number) => (oracle.at(second) === true) !== (match === true)
      const early = oracle.turns(asked.now).find((turn) => turn > asked.now && turn < at && isFlipped(turn))
      return isFlipped(at) && early === undefined ? [] : [{ seed: asked.seed, key, when, at, early, match }]
    }),
  )
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
})

function inconsistent(trace: Trace): readonly unknown[] {
  const below = trace.children.flatMap(inconsistent)
  const wanted = expected(trace)
  return wanted === undefined || wanted === trace.match ? below : [...below, { wanted, trace }]
}

function expected({ kind, children, wanted }: Trace): boolean | null | undefined {
  const answers = children.map(({ match }) => match)
  const [trues, falses] = [true, false].map(
    (answer) => answers.filter((match) => match === answer).length,
  ) as [number, number]
  if (kind === 'not') return answers[0] === null ? null : !answers[0]
  if (kind === 'segment') return answers[0]
  const least =
    kind === 'all'
      ? answers.length
      : kind === 'any'
        ? 1
        : kind === 'atLeast'
          ? Number(wanted.atLeast)
          : undefined
  if (least === undefined) return undefined
  if (trues >= least) return true
  return answers.length - falses < least ? false : null
}

type Moment = Pick<Case, 'world' | 'now'>

// What a change means for raw events and for what a request tells.
function change({ world, now }: Moment, made: Change): Moment {
  switch (made.by) {
    case 'time':
      return { world, now: made.at / 1000 }
    case 'consent':
      return {
        now,
        world: {
          ...world,
          consent: { ...world.consent, ...Object.fromEntries(made.purposes.map((p) => [p, true])) },
        },
      }
    case 'context':
      return {
        now,
        world: { ...world, context: withPath(world.context, made.path, made.value) as World['context'] },
      }
    case 'trait': {
      const traits = withPath({ traits: world.traits }, `traits.${made.name}`, made.value)
        .traits as World['traits']
      return { now, world: { ...world, traits } }
    }
    case 'steps':
      return {
        now,
        world: withEvents(
          world,
          now,
          made.steps.map(({ event, where }) => ({ name: event, properties: sampleProperties(where) })),
        ),
      }
    case 'touch':
      return {
        now,
        world: withEvents(world, now, [
          { name: 'page_view', properties: {}, context: withPath({}, made.of, made.value) },
        ]),
      }
    case 'event': {
      const { event, where, count, value, different } = made
      const properties = { ...sampleProperties(where), ...(value && { [value.property]: value.is }) }
      const drafts = Array.from({ length: count }, (_, at) => ({
        name: event,
        properties: { ...properties, ...(different && { [different]: `~${at}` }) },
      }))
      return { now, world: withEvents(world, now, drafts) }
    }
  }
}

function withEvents(world: World, now: number, drafts: readonly Omit<Happening, 'id' | 'at'>[]): World {
  const made = drafts.map((draft, at) => ({
    ...draft,
    at: now,
    id: `\u{10ffff}${String(world.events.length + at).padStart(6, '0')}`,
  }))
  return { ...world, events: [...world.events, ...made] }
}

function withPath(object: object, path: string, value: unknown): { readonly [name: string]: unknown } {
  const [group = '', ...rest] = path.split('.')
  const name = rest.join('.')
  if (name === '') return { ...object, [group]: value }
  const members = (object as { readonly [name: string]: object | undefined })[group] ?? {}
  return { ...object, [group]: { ...members, [name]: value } }
}
