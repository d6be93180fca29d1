import type { Problem } from '@attune/core'
import type { JsonObject } from '@attune/core/json'
import { Button } from '@wordpress/components'
import type { ReactElement } from 'react'
import { placeOf } from './place-of.ts'
import { problemWords } from './problem-words.ts'

interface ListProps {
  readonly problems: readonly Problem[]
  /** The draft in which they were found. */
  readonly document: JsonObject
}

/** Everything found in a draft, each with the way to its place. */
export function ProblemList({ problems, document }: ListProps): ReactElement {
  return (
    <ul className="attune-problems">
      {problems.map((problem) => {
        const { path, code, severity } = problem
        const { place, isPath, message } = problemWords(problem, document)
        return (
          <li key={`${path} ${code} ${problem.message}`} className={`is-${severity}`}>
            <Button variant="link" href={placeOf(path)}>
              {isPath ? <code>{place}</code> : place}
            </Button>
            {': '}
            {message}
          </li>
        )
      })}
    </ul>
  )
}
