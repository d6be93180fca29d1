import { type JSX, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { PlacementCard } from './placement-card.tsx'
import { PreviewForm } from './preview-form.tsx'
import { useExplanation } from './use-explanation.ts'
import { describeInstant } from './words.ts'

/** The button at the bottom right and the panel it opens. */
export function Overlay(): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const state = useExplanation()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLElement>(null)

  useEffect(() => {
    if (isOpen) panel.current?.focus()
  }, [isOpen])

  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape' || !isOpen) return
    setIsOpen(false)
    button.current?.focus()
  }
  const preview = state.status === 'ready' ? state.explanation?.preview : undefined

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div className="overlay" onKeyDown={onKeyDown}>
      {isOpen && (
        <section
          ref={panel}
          id="panel"
          className="panel"
          tabIndex={-1}
          aria-label="Why this page looks like this"
        >
          <Content state={state} />
        </section>
      )}
      <button
        ref={button}
        type="button"
        className="toggle"
        aria-expanded={isOpen}
        aria-controls={isOpen ? 'panel' : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        Attune
        {preview && <span className="badge">preview</span>}
      </button>
    </div>
  )
}

function Content({ state }: { readonly state: ReturnType<typeof useExplanation> }): JSX.Element {
  if (state.status === 'asking') return <p aria-live="polite">Asking …</p>
  if (state.status === 'failed') return <p role="alert">{state.message}</p>
  const { explanation } = state
  if (explanation === null) return <p>The ruleset has no route for this page: everybody sees the same.</p>
  const { route, now, timezone, placements, notes, profileFrom } = explanation
  return (
    <>
      <header>
        <h2>Why this page looks like this</h2>
        <p>
          Route <code>{route}</code>, decided for {describeInstant(now)}. Profile: {PROFILES[profileFrom]}.
          Sentences tell the time of {timezone}.
        </p>
        {notes.map((note) => (
          <p key={note} className="note">
            {note}
          </p>
        ))}
      </header>
      {placements.map((placement) => (
        <PlacementCard key={placement.placement} explanation={placement} now={now} />
      ))}
      <PreviewForm key={now} explanation={explanation} />
    </>
  )
}

const PROFILES = {
  token: 'from the visitor token',
  store: 'read from the store',
  empty: 'nothing known',
  failed: 'the store gave no answer',
} as const
