import type { PlacementExplanation } from '@attune/edge/explain'
import type { JSX } from 'react'
import { TraceTree } from './trace-tree.tsx'
import { describeReason, describeUntil } from './words.ts'

type Audience = NonNullable<PlacementExplanation['experiences'][number]['audience']>
type Outcome = PlacementExplanation['experiences'][number]['outcome']

const OUTCOMES: { readonly [outcome in Outcome]: string } = {
  wins: 'shown',
  capped: 'seen often enough',
  out: 'does not apply',
  unheard: 'not asked, one before it was shown',
  'no-consent': 'needs consent to preferences',
}

/** One placement: what it shows, why, until when, and how each of its experiences stood. */
export function PlacementCard(props: {
  readonly explanation: PlacementExplanation
  readonly now: number
}): JSX.Element {
  const { placement, decision, pinned, experiences } = props.explanation
  return (
    <details className="card">
      <summary>
        <span className="placement">{placement}</span> <strong>{decision.variant}</strong>
        <span className="reason">{describeReason(decision)}</span>
      </summary>
      <p>{describeUntil(decision.until, props.now)}</p>
      {pinned !== null && pinned.variant !== decision.variant && (
        <p className="note">
          This session still shows <strong>{pinned.variant}</strong>; the next page that is loaded shows{' '}
          <strong>{decision.variant}</strong>.
        </p>
      )}
      {experiences.map(({ key, outcome, audience }) => (
        <div key={key} className="experience">
          <h4>
            {key} <span className="reason">{OUTCOMES[outcome]}</span>
          </h4>
          {audience === null ? <p>For everybody.</p> : <TraceTree traces={[audience]} />}
          {audience !== null && <Otherwise audience={audience} />}
        </div>
      ))}
      {experiences.length === 0 && <p>No experience of the ruleset is about this placement.</p>}
    </details>
  )
}

// What would have to come to be for the audience to be decided otherwise, and what does if nothing happens.
function Otherwise({ audience }: { readonly audience: Audience }): JSX.Element {
  const told = [audience.counterfactual?.sentence, audience.alone?.sentence]
  return (
    <>
      {[...new Set(told)].map(
        (sentence) =>
          sentence && (
            <p key={sentence} className="note">
              {sentence}
            </p>
          ),
      )}
    </>
  )
}
