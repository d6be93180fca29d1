/** Says once of each placement why it stays as it was decided although a page has it as a live one: placement → what nobody told. */
export function createStillTeller(
  onError: (error: unknown, step: string) => void,
): (still: ReadonlyMap<string, readonly string[]>) => void {
  const said = new Set<string>()
  return (still) => {
    for (const [placement, groups] of still) {
      if (said.has(placement)) continue
      said.add(placement)
      onError(new Error(messageOf(placement, groups)), 'live')
    }
  }
}

function messageOf(placement: string, groups: readonly string[]): string {
  const looked = groups.map((group) => `\`${group}\``).join(', ')
  const cure = groups.includes('geo')
    ? 'Have what tells the site where visitors are tell it to this address too'
    : 'Give the collector the site’s own `context`'
  return `[collector] live: a page has \`${placement}\` as a live placement, and its audiences look at ${looked}, which no socket told. It stays as it was decided. ${cure}, or take \`live\` off it.`
}
