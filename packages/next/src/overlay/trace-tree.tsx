import type { Trace } from '@attune/core/explain'
import type { JSX } from 'react'
import { describeInstant } from './words.ts'

/** Conditions as a tree of sentences: truth, what is asked, what was seen, what would flip it. */
export function TraceTree(props: { readonly traces: readonly Trace[] }): JSX.Element {
  return (
    <ul className="trace">
      {props.traces.map((trace, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names, and their order is fixed
        <li key={at}>
          <Truth match={trace.match} /> <Condition trace={trace} />
          {trace.children.length > 0 && <TraceTree traces={trace.children} />}
        </li>
      ))}
    </ul>
  )
}

function Condition({ trace }: { readonly trace: Trace }): JSX.Element {
  const { sentence, saw, missingConsent, until, flips, children } = trace
  // Where time alone flips it, the instant is told; what stands above others is told by them.
  const isTold = children.length > 0 || flips?.changes.every(({ by }) => by === 'time')
  return (
    <>
      {sentence}
      {saw !== null && <span className="seen"> – saw {saw}</span>}
      {missingConsent.length > 0 && <span> – needs consent to {missingConsent.join(' and ')}</span>}
      {flips !== null && <span className="until"> – would differ {flips.words}</span>}
      {until !== null && !isTold && (
        <span className="until"> – holds at least until {describeInstant(until)}</span>
      )}
    </>
  )
}

/** A truth as a mark that is also read out. */
export function Truth({ match }: { readonly match: boolean | null }): JSX.Element {
  const [mark, word] = match === null ? ['?', 'unknown'] : match ? ['✓', 'true'] : ['✗', 'false']
  return (
    <span className={`truth ${word}`} role="img" aria-label={word} title={word}>
      {mark}
    </span>
  )
}
