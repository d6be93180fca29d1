'use client'

import Link from 'next/link'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Choice, onReopenPrivacyChoices, saveConsent, useConsent } from '../lib/consent.ts'

/**
 * Asks once what may be remembered, at the lower edge and over nothing that matters. It comes first in the document, so
 * the keyboard reaches it first; nothing is written before a choice.
 */
export function ConsentBanner(): ReactNode {
  const consent = useConsent()
  const [reopened, setReopened] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const banner = useRef<HTMLElement>(null)
  const opener = useRef<Element | null>(null)

  useEffect(
    () =>
      onReopenPrivacyChoices(() => {
        opener.current = document.activeElement
        setReopened(true)
        setChoosing(true)
      }),
    [],
  )
  useEffect(() => {
    if (reopened) banner.current?.focus()
  }, [reopened])

  if (consent === 'unknown' || (consent !== 'unasked' && !reopened)) return null

  const choose = (choice: Choice) => {
    saveConsent(choice)
    setReopened(false)
    setChoosing(false)
    if (opener.current instanceof HTMLElement) opener.current.focus()
    opener.current = null
  }
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    choose({ preferences: fields.has('preferences'), statistics: fields.has('statistics') })
  }
  const granted = consent === 'unasked' ? { preferences: false, statistics: false } : consent

  return (
    <section className="consent" aria-labelledby="consent-title" ref={banner} tabIndex={-1}>
      <div className="consent-text">
        <h2 id="consent-title">Your visit, your choice</h2>
        <p>
          With your permission we remember what you look at, to show what fits, and count visits to improve
          the shop. <Link href="/privacy">How we do it</Link>
        </p>
      </div>
      {choosing ? (
        <form className="consent-form" onSubmit={save}>
          <label>
            <input type="checkbox" name="preferences" defaultChecked={granted.preferences} />
            <span>
              <b>Preferences</b> Show what fits me
            </span>
          </label>
          <label>
            <input type="checkbox" name="statistics" defaultChecked={granted.statistics} />
            <span>
              <b>Statistics</b> Count my visit
            </span>
          </label>
          <button type="submit" className="consent-save">
            Save my choices
          </button>
        </form>
      ) : null}
      <div className="consent-buttons">
        <button
          type="button"
          className="button"
          onClick={() => choose({ preferences: true, statistics: true })}
        >
          Accept
        </button>
        <button
          type="button"
          className="button"
          onClick={() => choose({ preferences: false, statistics: false })}
        >
          Only necessary
        </button>
        {choosing ? null : (
          <button type="button" className="link-button" onClick={() => setChoosing(true)}>
            Let me choose
          </button>
        )}
      </div>
    </section>
  )
}
