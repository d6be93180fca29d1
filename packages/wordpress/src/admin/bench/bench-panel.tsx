import { Notice, PanelBody } from '@wordpress/components'
import { useMemo, useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { momentWords } from '../common/moment-words.ts'
import type { Answered } from '../engine/engine.ts'
import { ProblemList } from '../segments/problem-list.tsx'
import type { Draft } from '../segments/use-draft.ts'
import { type Persona, STRANGER } from './persona.ts'
import { PersonaForm } from './persona-form.tsx'
import { matchWords, SegmentTraceView } from './trace-tree.tsx'

interface BenchProps {
  readonly draft: Draft
  /** The segment whose answer is shown open. */
  readonly chosen: string | undefined
}

/** Asks the draft's segments about somebody made up, with the code that decides pages. */
export function BenchPanel({ draft, chosen }: BenchProps): ReactElement {
  const [persona, setPersona] = useState<Persona>(STRANGER)
  const [present] = useState(() => Date.now())
  const { engine, problems, document } = draft
  const errors = problems?.filter(({ severity }) => severity === 'error')
  const isSound = errors?.length === 0
  const answered = useMemo(
    () => (isSound ? engine?.answerPersona(document, persona, present) : undefined),
    [engine, isSound, document, persona, present],
  )
  return (
    <>
      <p>
        {__('Make somebody up, and see which segments they are in, and why. Nothing is saved.', 'attune')}
      </p>
      <div className="attune-bench">
        <section aria-label={__('Persona', 'attune')}>
          <PersonaForm persona={persona} onChange={setPersona} />
        </section>
        <section aria-label={__('Answers', 'attune')}>
          {errors !== undefined && !isSound && (
            <Notice status="warning" isDismissible={false}>
              {__('The draft has errors. Mend them, and the segments answer here.', 'attune')}
              <ProblemList problems={errors} document={document} />
            </Notice>
          )}
          {problems === undefined && <p>{__('Loading the checker…', 'attune')}</p>}
          {answered !== undefined && <Answers answered={answered} chosen={chosen} />}
        </section>
      </div>
    </>
  )
}

function Answers({
  answered,
  chosen,
}: {
  readonly answered: Answered
  readonly chosen: string | undefined
}): ReactElement {
  const { traces, now } = answered
  const matching = traces.filter(({ match }) => match === true).map(({ label }) => label)
  return (
    <>
      <p aria-live="polite">
        {matching.length === 0
          ? // translators: %s: day and time.
            sprintf(__('On %s they are in no segment.', 'attune'), momentWords(now))
          : // translators: 1: day and time, 2: names of segments.
            sprintf(__('On %1$s they are in: %2$s.', 'attune'), momentWords(now), matching.join(', '))}
      </p>
      {traces.map((trace) => (
        <PanelBody
          key={trace.key}
          // translators: 1: name of a segment, 2: yes, no or unknown.
          title={sprintf(__('%1$s: %2$s', 'attune'), trace.label, matchWords(trace.match))}
          className={`attune-answer is-${trace.match === null ? 'unknown' : trace.match}`}
          initialOpen={trace.key === chosen}
        >
          <SegmentTraceView trace={trace} />
        </PanelBody>
      ))}
    </>
  )
}
