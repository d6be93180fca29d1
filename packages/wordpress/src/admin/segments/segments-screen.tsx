import { Notice, Spinner } from '@wordpress/components'
import { useMemo } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { BenchPanel } from '../bench/bench-panel.tsx'
import { DraftContext } from '../builder/draft-context.ts'
import { useAnswer } from '../common/use-answer.ts'
import { type Route, useRoute } from '../common/use-route.ts'
import { useUnsavedGuard } from '../common/use-unsaved-guard.ts'
import { namesIn } from '../document/names.ts'
import { askRuleset, type InForce } from './ask-ruleset.ts'
import { DefinitionsPanel } from './definitions-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { ListPanel } from './list-panel.tsx'
import { PublishBar } from './publish-bar.tsx'
import { ScreenTabs } from './screen-tabs.tsx'
import { SegmentEditor } from './segment-editor.tsx'
import { TransferPanel } from './transfer-panel.tsx'
import { type Draft, useDraft } from './use-draft.ts'

/** The screen Attune → Segments. */
export function SegmentsScreen(): ReactElement {
  const { answer, trouble, reload } = useAnswer(askRuleset)
  return (
    <>
      <h1 className="wp-heading-inline">{__('Segments', 'attune')}</h1>
      {trouble !== '' && (
        <Notice
          status="error"
          isDismissible={false}
          actions={[{ label: __('Try again', 'attune'), onClick: reload }]}
        >
          {trouble}
        </Notice>
      )}
      {answer === undefined ? trouble === '' && <Spinner /> : <Loaded inForce={answer} reload={reload} />}
    </>
  )
}

interface LoadedProps {
  readonly inForce: InForce
  readonly reload: () => void
}

function Loaded({ inForce, reload }: LoadedProps): ReactElement {
  const route = useRoute()
  const [place = ''] = route
  const checks = place === 'segment' || place === 'test' || place === 'definitions'
  // A ruleset that the command line published came without sentences.
  const isSilent = inForce.segments.some(({ sentence = '' }) => sentence === '')
  const draft = useDraft(inForce.kept, checks || isSilent)
  useUnsavedGuard(draft.isDirty)
  const view = useMemo(
    () => ({ names: namesIn(draft.document), problems: draft.problems ?? [] }),
    [draft.document, draft.problems],
  )
  const isEditable =
    inForce.kept.source === 'here' && (inForce.kept.document !== null || inForce.kept.hash === null)
  return (
    <DraftContext.Provider value={view}>
      <ScreenTabs place={place} isEditable={isEditable} />
      {!isEditable && <WhyNot inForce={inForce} />}
      {isEditable && <PublishBar draft={draft} kept={inForce.kept} onPublished={reload} />}
      <div className="attune-panel">
        <Panel {...{ route, draft, inForce, isEditable, reload }} />
      </div>
    </DraftContext.Provider>
  )
}

interface PanelProps extends LoadedProps {
  readonly route: Route
  readonly draft: Draft
  readonly isEditable: boolean
}

function Panel({ route: [place, name], draft, inForce, isEditable, reload }: PanelProps): ReactElement {
  // Of another site's ruleset only the list and the history are here.
  if (place === 'history')
    return (
      <HistoryPanel isDirty={draft.isDirty} canRestore={inForce.kept.source === 'here'} onRestored={reload} />
    )
  if (place === 'transfer') return <TransferPanel draft={draft} canImport={inForce.kept.source === 'here'} />
  if (!isEditable) return <ListPanel {...{ draft, inForce, isEditable }} />
  if (place === 'segment' && name !== undefined)
    return <SegmentEditor key={name} draft={draft} segmentKey={name} />
  if (place === 'definitions') return <DefinitionsPanel draft={draft} />
  if (place === 'test') return <BenchPanel draft={draft} chosen={name} />
  return <ListPanel {...{ draft, inForce, isEditable }} />
}

function WhyNot({ inForce: { kept } }: { readonly inForce: InForce }): ReactElement {
  const isElsewhere = kept.source === 'url'
  const [elsewhere, missing] = [
    __(
      'This site reads its ruleset from another one. Edit and publish it there, or change the source in the settings.',
      'attune',
    ),
    __(
      'The ruleset in force was published without its document, so it can only be looked at. Import the document to edit it.',
      'attune',
    ),
  ]
  return (
    <Notice status="info" isDismissible={false}>
      {isElsewhere ? elsewhere : missing}
    </Notice>
  )
}
