'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { applyCode } from '../lib/cart.ts'

/** Takes a discount code and says whether the shop knows it. */
export function DiscountForm({ applied }: { readonly applied: string }): ReactNode {
  const [refused, setRefused] = useState('')
  if (applied) return <p className="discount-note">Code {applied} is applied.</p>

  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '')
    setRefused(applyCode(code) ? '' : code.trim())
  }

  return (
    <form className="discount" onSubmit={apply}>
      <label htmlFor="code">Discount code</label>
      <div className="discount-row">
        <input
          id="code"
          name="code"
          autoComplete="off"
          maxLength={20}
          required
          aria-describedby="code-note"
        />
        <button type="submit" className="button button-quiet">
          Apply
        </button>
      </div>
      <p id="code-note" className="discount-note" role="status">
        {refused ? `We do not know the code “${refused}”.` : ''}
      </p>
    </form>
  )
}
