import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'

/** The head of a list: its columns, and a last one of actions whose name only screen readers need. */
export function TableHead({ columns }: { readonly columns: readonly string[] }): ReactElement {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
        <th scope="col">
          <span className="screen-reader-text">{__('Actions', 'attune')}</span>
        </th>
      </tr>
    </thead>
  )
}
