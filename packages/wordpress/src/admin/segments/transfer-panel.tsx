import { Button, Notice, RadioControl, TextareaControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { download } from '../common/download.ts'
import { goTo } from '../common/use-route.ts'
import { withAdded } from '../document/edit-segments.ts'
import { readImport } from '../document/read-import.ts'
import { useEngine } from '../engine/use-engine.ts'
import type { Draft } from './use-draft.ts'

/** Takes a ruleset in and gives it out. */
export function TransferPanel({
  draft,
  canImport,
}: {
  readonly draft: Draft
  readonly canImport: boolean
}): ReactElement {
  return (
    <div className="attune-transfer">
      {canImport && <ImportForm draft={draft} />}
      <h2>{__('Export', 'attune')}</h2>
      <p>
        {__(
          'The document as it stands here, changes included: for another site, for a repository, or to keep.',
          'attune',
        )}
      </p>
      <Button
        variant="secondary"
        onClick={() => download('attune-ruleset.json', `${JSON.stringify(draft.document, null, 2)}\n`)}
      >
        {__('Export the document', 'attune')}
      </Button>
    </div>
  )
}

type Manner = 'add' | 'replace'

function ImportForm({ draft }: { readonly draft: Draft }): ReactElement {
  const { engine } = useEngine(true)
  const [text, setText] = useState('')
  const [manner, setManner] = useState<Manner>('add')
  const [trouble, setTrouble] = useState('')
  const take = (): void => {
    const read = engine?.readText(text)
    if (read === undefined) return
    if (!read.ok) return setTrouble(read.problems.map(({ path, message }) => `${path}: ${message}`).join(' '))
    const found = readImport(read.value)
    if (!found.ok) return setTrouble(found.message)
    draft.edit(manner === 'add' ? withAdded(draft.document, found.document) : found.document)
    goTo()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <h2>{__('Import', 'attune')}</h2>
      <p>
        {__(
          'A ruleset document, or one that was published with its document. Nothing is in force before you publish it.',
          'attune',
        )}
      </p>
      <p>
        <label htmlFor="attune-file">{__('Choose a file', 'attune')} </label>
        <input
          id="attune-file"
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => {
            void target.files?.[0]?.text().then(setText)
          }}
        />
      </p>
      <TextareaControl
        __nextHasNoMarginBottom
        className="attune-raw"
        label={__('Or paste JSON', 'attune')}
        rows={8}
        value={text}
        onChange={setText}
      />
      <RadioControl
        label={__('What becomes of what is here', 'attune')}
        selected={manner}
        options={[
          { value: 'add', label: __('It stays; what is missing is added', 'attune') },
          { value: 'replace', label: __('It is replaced', 'attune') },
        ]}
        onChange={(chosen) => setManner(chosen === 'replace' ? 'replace' : 'add')}
      />
      {trouble !== '' && (
        <Notice status="error" isDismissible={false}>
          {
            // translators: %s: what cannot be read.
            sprintf(__('Not imported: %s', 'attune'), trouble)
          }
        </Notice>
      )}
      <p>
        <Button variant="primary" type="submit" disabled={text.trim() === '' || engine === undefined}>
          {__('Take it into the draft', 'attune')}
        </Button>
      </p>
    </form>
  )
}
