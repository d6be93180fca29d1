import type { Trace } from '@attune/core/explain'
import type { JSX } from 'react'
import { describeFields, describeInstant, describeValue } from './words.ts'

const KINDS: { readonly [kind: string]: string } = { all: 'all of', any: 'any of', not: 'not' }

/** Conditions as a tree: truth, what was wanted, what was seen. */
export function TraceTree(props: { readonly traces: readonly Trace[]; readonly now: number }): JSX.Element {
  return (
    <ul className="trace">
      {props.traces.map((trace, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names, and their order is fixed
        <li key={at}>
          <Truth match={trace.match} /> <Condition trace={trace} />
          {trace.children.length > 0 && <TraceTree traces={trace.children} now={props.now} />}
        </li>
      ))}
    </ul>
  )
}

function Condition({ trace }: { readonly trace: Trace }): JSX.Element {
  const { kind, wanted, seen, missingConsent, until } = trace
  return (
    <>
      <code>{describeFields(wanted) || (KINDS[kind] ?? kind)}</code>
      {seen !== null && (
        <span>
          {' '}
          saw <code>{describeValue(seen)}</code>
        </span>
      )}
      {missingConsent.length > 0 && <span> needs consent to {missingConsent.join(' and ')}</span>}
      {until !== null && <span className="until"> until {describeInstant(until)}</span>}
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
