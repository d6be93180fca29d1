/**
 * Remembers answers by their text, at most so many; full, it forgets all. What has no answer (`undefined`) is not
 * remembered, so that texts which anybody makes up push nothing out.
 */
export function createMemo<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = make(text)
    if (answer === undefined) return answer
    if (known.size >= most) known.clear()
    known.set(text, answer)
    return answer
  }
}
