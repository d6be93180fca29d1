import { defaultOf, type Placement } from '../../blocks/adaptive/use-variants.ts'
import type { ViewAnswers } from './answer-view.ts'
import { chooseVariant } from './choose-variant.ts'
import { useAnswers } from './use-answers.ts'

/**
 * The variant that the visitor would see as whom the page is looked at, by client id; undefined while nobody is chosen.
 * Chance is not played: an experiment shows its default.
 */
export function useWinner(placement: Placement | undefined): string | undefined {
  const view = useAnswers()
  return view === undefined || placement === undefined ? undefined : winnerOf(placement, view)
}

function winnerOf({ variants, attributes }: Placement, view: ViewAnswers): string | undefined {
  const key = view.decided(attributes.placementId)
  if (key !== undefined) {
    // A variant that the block lacks is its default.
    return (variants.find((variant) => variant.key === key) ?? defaultOf(variants))?.clientId
  }
  if (attributes.strategy === 'experiment') return defaultOf(variants)?.clientId
  return variants[chooseVariant(variants, view.answers, view.now)]?.clientId
}
