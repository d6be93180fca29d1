/**
 * Names placement and variant on the first element of what each placement shows, where the tracker looks for exposures: the placement's
 * own element has no box.
 */
export function markShown(document: Document): void {
  for (const placement of document.querySelectorAll<HTMLElement>('attune-placement[data-shown]')) {
    const first = [...placement.children].find((child) => child.localName !== 'template')
    const id = placementOf(placement)
    if (first === undefined || id === undefined) continue
    first.setAttribute('data-attune-placement', id)
    first.setAttribute('data-attune-variant', placement.dataset.shown ?? '')
  }
}

function placementOf({ dataset }: HTMLElement): string | undefined {
  if (dataset.fragment !== undefined) return dataset.fragment.split('.')[1]
  try {
    const { p } = JSON.parse(dataset.attune ?? '{}') as { readonly p?: unknown }
    return typeof p === 'string' ? p : undefined
  } catch {
    return undefined
  }
}
