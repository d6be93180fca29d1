import type { ComponentType } from 'react'
import { AttrForm } from './forms/attr-form.tsx'
import { AggregateForm, CountForm, DistinctForm, RegularForm } from './forms/counting-forms.tsx'
import type { FormProps } from './forms/form-props.ts'
import { FunnelForm, SequenceForm, TouchForm } from './forms/journey-forms.tsx'
import { InterestForm, RfmForm, ScoreForm } from './forms/measure-forms.tsx'
import { ConsentForm, SegmentForm } from './forms/state-forms.tsx'
import { AbsentForm, SinceForm, UnfinishedForm } from './forms/timing-forms.tsx'
import { WhenForm } from './forms/when-form.tsx'
import type { FormedKind, FormName } from './kinds.ts'

const FORMS: Readonly<Record<FormName, ComponentType<FormProps>>> = {
  attr: AttrForm,
  segment: SegmentForm,
  consent: ConsentForm,
  count: CountForm,
  absent: AbsentForm,
  since: SinceForm,
  unfinished: UnfinishedForm,
  regular: RegularForm,
  sequence: SequenceForm,
  touch: TouchForm,
  funnel: FunnelForm,
  distinct: DistinctForm,
  aggregate: AggregateForm,
  score: ScoreForm,
  interest: InterestForm,
  rfm: RfmForm,
  when: WhenForm,
}

/** The form of a kind. */
export function formOf({ form }: FormedKind): ComponentType<FormProps> {
  return FORMS[form]
}
