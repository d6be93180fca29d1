import type { Spans } from './published-sweep.ts'

/** What both hold. */
export function intersect(a: Spans, b: Spans): Spans {
  const out: number[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const from = Math.max(a[i]!, b[j]!)
    const before = Math.min(a[i + 1]!, b[j + 1]!)
    if (from < before) out.push(from, before)
    if (a[i + 1]! < b[j + 1]!) i += 2
    else j += 2
  }
  return out
}

/** What either holds. */
export function unite(a: Spans, b: Spans): Spans {
  const pairs = [...pairsOf(a), ...pairsOf(b)].sort((x, y) => x[0] - y[0])
  const out: number[] = []
  for (const [from, before] of pairs) {
    const end = out.at(-1)
    if (end !== undefined && from <= end) out[out.length - 1] = Math.max(end, before)
    else out.push(from, before)
  }
  return out
}

/** What lies in `[from, before)` and not in the spans. */
export function without(from: number, before: number, spans: Spans): Spans {
  const out: number[] = []
  let at = from
  for (const [start, end] of pairsOf(spans)) {
    if (start > at) out.push(at, start)
    at = Math.max(at, end)
  }
  if (at < before) out.push(at, before)
  return out
}

function pairsOf(spans: Spans): [from: number, before: number][] {
  return Array.from({ length: spans.length / 2 }, (_, at) => [spans[2 * at]!, spans[2 * at + 1]!])
}
