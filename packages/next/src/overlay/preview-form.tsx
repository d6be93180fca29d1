import type { Explanation, SegmentExplanation } from '@attune/edge/explain'
import { type FormEvent, type JSX, useState } from 'react'
import { type Change, changePreview } from './change-preview.ts'
import { Truth } from './trace-tree.tsx'

const HOUR = 3_600_000
const LEAPS = [
  ['+1 hour', HOUR],
  ['+1 day', 24 * HOUR],
  ['+1 week', 168 * HOUR],
] as const
const EVERYTHING = { preferences: true, 'statistics-anonymous': true, statistics: true, marketing: true }

/** Looks at the page as somebody in other segments, as somebody new, with everything allowed, or at another time. */
export function PreviewForm({ explanation }: { readonly explanation: Explanation }): JSX.Element {
  const { preview, segments, now } = explanation
  const [trouble, setTrouble] = useState('')
  const change = (next: Change): void => void changePreview(next).then(setTrouble)

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    change(readForm(new FormData(event.currentTarget), segments))
  }
  const leap = (by: number): void => {
    const { exp: _, ...rest } = preview ?? { exp: 0 }
    change({ ...rest, now: now + by })
  }

  return (
    <form onSubmit={onSubmit} className="preview">
      <h3>Look at it otherwise</h3>
      <fieldset>
        <legend>As somebody who is</legend>
        {segments.map((segment) => (
          <SegmentChoice key={segment.key} segment={segment} assumed={preview?.assume?.[segment.key]} />
        ))}
      </fieldset>
      <label className="check">
        <input type="checkbox" name="new" defaultChecked={preview?.profile === 'empty'} /> of whom nothing is
        known
      </label>
      <label className="check">
        <input type="checkbox" name="consent" defaultChecked={preview?.consent !== undefined} /> who allowed
        everything
      </label>
      <fieldset>
        <legend>At another time</legend>
        <label>
          <span className="hidden">Date and time</span>
          <input
            type="datetime-local"
            name="now"
            defaultValue={preview?.now === undefined ? '' : toLocal(now)}
          />
        </label>
        {LEAPS.map(([label, by]) => (
          <button key={label} type="button" onClick={() => leap(by)}>
            {label}
          </button>
        ))}
      </fieldset>
      <div className="buttons">
        <button type="submit" className="primary">
          Look
        </button>
        <button type="button" onClick={() => change({})}>
          As I am, now
        </button>
        {preview !== null && (
          <button type="button" onClick={() => change('end')}>
            End the preview
          </button>
        )}
      </div>
      <p role="alert">{trouble}</p>
    </form>
  )
}

function SegmentChoice(props: {
  readonly segment: SegmentExplanation
  readonly assumed: boolean | undefined
}): JSX.Element {
  const { key, label, match, description, counterfactual } = props.segment
  return (
    <label className="segment">
      <span>
        <Truth match={match} /> {label}
        <small>
          {description}. {counterfactual}
        </small>
      </span>
      <select name={`segment:${key}`} defaultValue={props.assumed === undefined ? '' : String(props.assumed)}>
        <option value="">as I am</option>
        <option value="true">in it</option>
        <option value="false">not in it</option>
      </select>
    </label>
  )
}

function readForm(form: FormData, segments: readonly SegmentExplanation[]): Change {
  const chosen = segments.map(({ key }) => [key, form.get(`segment:${key}`)] as const)
  const assumed = chosen.filter(([, value]) => value === 'true' || value === 'false')
  const time = Date.parse(String(form.get('now')))
  return {
    ...(assumed.length === 0
      ? {}
      : { assume: Object.fromEntries(assumed.map(([key, value]) => [key, value === 'true'])) }),
    ...(Number.isNaN(time) ? {} : { now: time }),
    ...(form.get('consent') === null ? {} : { consent: EVERYTHING }),
    ...(form.get('new') === null ? {} : { profile: 'empty' as const }),
  }
}

/** An instant as a `datetime-local` field holds it, in the reader's zone. */
function toLocal(instant: number): string {
  const offset = new Date(instant).getTimezoneOffset() * 60_000
  return new Date(instant - offset).toISOString().slice(0, 16)
}
