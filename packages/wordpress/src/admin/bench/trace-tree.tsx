import type { SegmentTrace, Trace } from '@attune/core/explain'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { momentWords } from '../common/moment-words.ts'

/** An answer in one word. */
export function matchWords(match: boolean | null): string {
  if (match === null) return __('unknown', 'attune')
  return match ? __('yes', 'attune') : __('no', 'attune')
}

/** How a segment was decided: its tree with what was seen, and what would change the answer. */
export function SegmentTraceView({ trace }: { readonly trace: SegmentTrace }): ReactElement {
  const otherwise = [trace.counterfactual, trace.alone].flatMap((found) =>
    found === null ? [] : [found.sentence],
  )
  return (
    <div className="attune-trace">
      <ul>
        <Node trace={trace} />
      </ul>
      {[...new Set(otherwise)].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}

function Node({ trace }: { readonly trace: Trace }): ReactElement {
  const { match, sentence, children } = trace
  return (
    <li className={`is-${match === null ? 'unknown' : match}`}>
      <span className="attune-trace__answer">{matchWords(match)}</span> {sentence}
      <Notes trace={trace} />
      {children.length > 0 && (
        <ul>
          {children.map((child, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace has no name but its place.
            <Node key={at} trace={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Notes({
  trace: { saw, missingConsent, flips, until, children },
}: {
  readonly trace: Trace
}): ReactElement | null {
  const notes = [
    // translators: %s: what was seen, in English.
    saw === null ? '' : sprintf(__('Seen: %s.', 'attune'), saw),
    // translators: %s: consent purposes.
    missingConsent.length === 0
      ? ''
      : sprintf(__('Needs consent to %s.', 'attune'), missingConsent.join(', ')),
    // translators: %s: what would have to happen, in English.
    flips === null ? '' : sprintf(__('Would change %s.', 'attune'), flips.words),
    // translators: %s: day and time.
    until === null || children.length > 0
      ? ''
      : sprintf(__('Stays so until %s at least.', 'attune'), momentWords(until)),
  ].filter((note) => note !== '')
  return notes.length === 0 ? null : <small>{notes.join(' ')}</small>
}
