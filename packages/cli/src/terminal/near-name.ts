const MOST_EDITS = 2

/** A hint at the known name nearest to a mistyped one, with a space before it; empty when none is near. */
export function didYouMean(
  name: string,
  known: Iterable<string>,
  show: (near: string) => string = (near) => near,
): string {
  if (name.length > 64) return ''
  const ranked = [...known]
    .map((candidate) => ({ candidate, edits: editDistance(name, candidate) }))
    .filter(({ candidate, edits }) => edits <= Math.min(MOST_EDITS, candidate.length - 1))
    .sort((a, b) => a.edits - b.edits)
  return ranked[0] === undefined ? '' : ` Did you mean ${show(ranked[0].candidate)}?`
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
