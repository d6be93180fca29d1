import type { Where } from '../condition/where.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'
import type { RingSignal, Signal, TotalSignal } from './signal.ts'

/**
 * A signal's stable key, made from its own definition, so that a new revision finds what an old one kept.
 * How many times are kept is not part of it: a larger bound goes on from the kept ones.
 */
export function signalKey(signal: Signal): string {
  switch (signal.kind) {
    case 'times':
      return `times ${signal.event}${whereKey(signal.where)}`
    case 'total':
      return `total ${signal.event}${takeKey(signal)}${whereKey(signal.where)}`
    case 'ring':
      return `ring ${signal.event} ${signal.bucket}${takeKey(signal)}${whereKey(signal.where)}`
    case 'distinct':
      return `distinct ${signal.event} ${canonicalJson(signal.of)}${whereKey(signal.where)}`
    case 'interest':
      return `interest ${canonicalJson(signal.of)} ${signal.bucket} ${canonicalJson(signal.points)}`
    case 'score':
      // Points add up in any order.
      return `score ${signal.bucket} ${canonicalJson(sorted(signal.points.map(withWhere)))}`
    case 'periods':
      return `periods ${signal.event} ${signal.period}${whereKey(signal.where)}`
    case 'chain':
      return `chain ${signal.gap ?? '-'} ${signal.unless ?? '-'} ${canonicalJson(signal.steps.map(withWhere))}`
    case 'touch':
      return `touch ${signal.of}`
  }
}

function takeKey({ take, of }: RingSignal | TotalSignal): string {
  return take === undefined ? '' : ` ${take} ${canonicalJson(of)}`
}

function whereKey(where: Where | undefined): string {
  return where === undefined ? '' : ` ${canonicalJson(normalizeWhere(where))}`
}

function withWhere<T extends { readonly where?: Where }>(part: T): T {
  return part.where === undefined ? part : { ...part, where: normalizeWhere(part.where) }
}

/** Writes a filter in one way: a plain value is `is`, lists of alternatives are sorted. */
export function normalizeWhere(where: Where): Where {
  const tests = Object.entries(where).map(([name, test]) => [name, normalizeTest(test)] as const)
  return Object.fromEntries(tests)
}

function normalizeTest(test: Where[string]): Where[string] {
  if (typeof test !== 'object') return { is: test }
  return Object.fromEntries(
    Object.entries(test)
      .filter(([name, value]) => name !== 'ignoreCase' || value === true)
      .map(([name, value]) => [name, Array.isArray(value) && name !== 'between' ? sorted(value) : value]),
  )
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  return [...list].sort((a, b) => compareText(canonicalJson(a), canonicalJson(b)))
}
