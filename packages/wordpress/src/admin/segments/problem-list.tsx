import type { Problem } from '@attune/core'
import { Button } from '@wordpress/components'
import type { ReactElement } from 'react'
import { placeOf } from './place-of.ts'

/** Everything found in a draft, each with the way to its place. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }): ReactElement {
  return (
    <ul className="attune-problems">
      {problems.map(({ path, code, severity, message }) => (
        <li key={`${path} ${code} ${message}`} className={`is-${severity}`}>
          <Button variant="link" href={placeOf(path)}>
            <code>{path}</code>
          </Button>{' '}
          {message}
        </li>
      ))}
    </ul>
  )
}
