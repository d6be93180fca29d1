import type { Problem } from '@attune/core'
import { __ } from '@wordpress/i18n'
import type { ReactElement, ReactNode } from 'react'
import { useFindings } from './draft-context.ts'
import { isWithin } from './is-within.ts'

/** Findings, each with its cure. */
export function Findings({ problems }: { readonly problems: readonly Problem[] }): ReactElement | null {
  if (problems.length === 0) return null
  return (
    <span className="attune-findings">
      {problems.map(({ path, code, message, severity }) => (
        <span key={`${path} ${code} ${message}`} className={`attune-finding is-${severity}`}>
          <strong>{severity === 'error' ? __('Error:', 'attune') : __('Warning:', 'attune')}</strong>{' '}
          {message}
        </span>
      ))}
    </span>
  )
}

/** What stands below a field: what was found there, and its help. The field's control is described by it. */
export function useHelp(path: string, help?: ReactNode): ReactNode {
  const problems = useFindings(path)
  if (problems.length === 0) return help
  return (
    <>
      <Findings problems={problems} />
      {help}
    </>
  )
}

/** What was found at a condition itself: not below one of its fields or children, which tell of theirs. */
export function NodeFindings({
  path,
  shown,
}: {
  readonly path: string
  readonly shown: readonly string[]
}): ReactElement | null {
  const problems = useFindings(path).filter(
    (problem) => !shown.some((place) => isWithin(problem.path, place)),
  )
  return problems.length === 0 ? null : <Findings problems={problems} />
}
