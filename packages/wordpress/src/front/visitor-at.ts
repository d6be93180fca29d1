import { type CompiledRuleset, type Node, readSession } from '@attune/core'
import type { LocalVisitor } from '@attune/tracker/local'

// As servers have it: a visit ends after 30 minutes without a sign of life, and whoever was first seen before it returns.
const VISIT_SECONDS = 1_800

type Asked = Extract<Node, { readonly op: 'attr' }>

/**
 * The visitor at a later time (milliseconds), if nothing but time passes: a session ends, and whoever was new returns. `session` is the
 * value of the cookie that sessions are counted in.
 */
export function visitorAt(visitor: LocalVisitor, session: string, now: number): LocalVisitor {
  const { context, profile } = visitor
  const counted = context.session && readSession(session, now)
  const isBack = profile.firstSeen !== null && profile.firstSeen < now / 1000 - VISIT_SECONDS
  return {
    ...visitor,
    now,
    context: {
      ...context,
      ...(context.visitor && { visitor: { ...context.visitor, returning: isBack } }),
      ...(counted && { session: counted }),
    },
  }
}

/**
 * The whole seconds since 1970, after now and in order, at which conditions that look at the request may get another answer though
 * nothing but time passed.
 */
export function turnsOf(
  { ruleset }: CompiledRuleset,
  visitor: LocalVisitor,
  session: string,
): readonly number[] {
  const asked = ruleset.nodes.filter((node): node is Asked => node.op === 'attr')
  const turns = asked.flatMap((node) => turnsOfPath(node, visitor, session))
  return [...new Set(turns)].filter((turn) => turn > visitor.now / 1000).sort((a, b) => a - b)
}

function turnsOfPath(asked: Asked, { context, profile }: LocalVisitor, session: string): readonly number[] {
  const { path } = asked
  if (path === 'visitor.returning') {
    const isNew = context.visitor !== undefined && profile.firstSeen !== null
    return isNew ? [profile.firstSeen + VISIT_SECONDS + 1] : []
  }
  if (context.session === undefined || !path.startsWith('session.')) return []
  const [, , began = 0, last = 0] = session.split('.').map(Number)
  const end = last + VISIT_SECONDS + 1
  const bounds = path === 'session.seconds' ? boundsOf(asked) : []
  return [...bounds.map((bound) => began + bound).filter((turn) => turn < end), end]
}

// The whole numbers from which on a test of a growing one may answer otherwise.
function boundsOf(asked: Asked): readonly number[] {
  if (asked.test === 'range') {
    const [least, greatest] = asked.range
    return [
      ...(least === null ? [] : [Math.ceil(least)]),
      ...(greatest === null ? [] : [Math.floor(greatest) + 1]),
    ]
  }
  const wanted = asked.test === 'exists' ? [] : asked.wanted
  return wanted.flatMap((value) =>
    typeof value === 'number' ? [Math.ceil(value), Math.floor(value) + 1] : [],
  )
}
