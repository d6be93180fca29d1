import { createMake, type Make } from '../make-element.ts'
import type { Answer, Question } from './question.ts'
import type { PreferenceTexts } from './texts.ts'

/** The form, and what of it changes. */
export interface PreferenceForm {
  readonly form: HTMLFormElement
  readonly save: HTMLButtonElement
  /** All that is asked; disabled while nothing may be kept. */
  readonly questions: HTMLFieldSetElement
  readonly consent: HTMLElement
  readonly status: HTMLElement
  read(question: Question): Answer
  write(question: Question, answer: unknown): void
  /** Says under a question whether its answer is shown again. */
  markShown(question: Question, isShown: boolean): void
}

interface Control {
  readonly row: HTMLElement
  read(): Answer
  write(answer: unknown): void
}

/** Builds the form: every question is a row of its own, named and described for whoever hears it. */
export function buildForm(
  document: Document,
  texts: PreferenceTexts,
  questions: readonly Question[],
  onConsent: () => void,
): PreferenceForm {
  const make = createMake(document)
  const controls = new Map(
    questions.map((question, at) => [question, controlOf(make, question, `q${at}`, texts)] as const),
  )
  const notes = new Map(
    questions.map((question) => [question, make('p', { class: 'about', hidden: '' }, [texts.notShown])]),
  )
  for (const [question, note] of notes) controls.get(question)?.row.append(note)
  const rows = [...controls.values()].map(({ row }) => row)
  const openConsent = make('button', { type: 'button', class: 'plain' }, [texts.openConsent], onConsent)
  const consent = make('div', { class: 'consent', role: 'note' }, [
    make('p', {}, [texts.consent]),
    openConsent,
  ])
  const save = make('button', { type: 'submit', class: 'answer' }, [texts.save])
  const status = make('p', { class: 'status', role: 'status' }, [])
  const asked = make('fieldset', { class: 'questions' }, [
    ...rows,
    make('div', { class: 'end' }, [save, status]),
  ])
  const form = make('form', { 'aria-labelledby': 'title', 'aria-describedby': 'text' }, [
    make('h2', { id: 'title' }, [texts.title]),
    make('p', { id: 'text', class: 'quiet' }, [texts.text]),
    consent,
    asked,
  ])
  return {
    form,
    save,
    questions: asked,
    consent,
    status,
    read: (question) => controls.get(question)?.read() ?? null,
    write: (question, answer) => controls.get(question)?.write(answer),
    markShown: (question, isShown) => notes.get(question)?.toggleAttribute('hidden', isShown),
  }
}

function controlOf(make: Make, question: Question, id: string, texts: PreferenceTexts): Control {
  if (question.as === 'choice') return choiceOf(make, question, id, texts)
  if (question.as === 'choices') return choicesOf(make, question, id)
  return question.as === 'switch' ? switchOf(make, question, id) : entryOf(make, question, id)
}

function aboutOf(make: Make, { about }: Question, id: string): readonly HTMLElement[] {
  return about === undefined ? [] : [make('span', { class: 'about', id: `${id}-about` }, [about])]
}

function described({ about }: Question, id: string): Readonly<Record<string, string>> {
  return about === undefined ? {} : { 'aria-describedby': `${id}-about` }
}

function switchOf(make: Make, question: Question, id: string): Control {
  const box = make('input', { type: 'checkbox', id, ...described(question, id) })
  const name = make('span', { class: 'name' }, [question.label])
  return {
    row: make('div', { class: 'row' }, [
      make('label', { class: 'switch' }, [name, ...aboutOf(make, question, id), box]),
    ]),
    read: () => box.checked,
    write: (answer) => {
      box.checked = answer === true
    },
  }
}

function entryOf(make: Make, question: Question, id: string): Control {
  const isNumber = question.as === 'number'
  const kind = isNumber
    ? { type: 'number', step: 'any', inputmode: 'decimal' }
    : { type: 'text', maxlength: '256' }
  const entry = make('input', { ...kind, id, autocomplete: 'off', ...described(question, id) })
  const label = make('label', { class: 'name', for: id }, [question.label])
  return {
    row: make('div', { class: 'row' }, [label, ...aboutOf(make, question, id), entry]),
    read: () => {
      const text = entry.value.trim()
      if (text === '') return null
      return isNumber ? Number(text) : text
    },
    write: (answer) => {
      entry.value = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : ''
    },
  }
}

function choiceOf(make: Make, question: Question, id: string, texts: PreferenceTexts): Control {
  const none = { value: '', label: texts.none }
  const { row, boxes } = groupOf(make, { ...question, choices: [...question.choices, none] }, id, 'radio')
  return {
    row,
    read: () => boxes.find(({ checked }) => checked)?.value || null,
    write: (answer) => {
      const known = boxes.find(({ value }) => value === answer) ?? boxes.at(-1)
      for (const box of boxes) box.checked = box === known
    },
  }
}

function choicesOf(make: Make, question: Question, id: string): Control {
  const { row, boxes } = groupOf(make, question, id, 'checkbox')
  return {
    row,
    read: () => boxes.filter(({ checked }) => checked).map(({ value }) => value),
    write: (answer) => {
      const known: readonly unknown[] = Array.isArray(answer) ? answer : []
      for (const box of boxes) box.checked = known.includes(box.value)
    },
  }
}

function groupOf(make: Make, question: Question, id: string, type: 'radio' | 'checkbox') {
  const boxes = question.choices.map(({ value }) => make('input', { type, name: id, value }))
  const chips = question.choices.map(({ label }, at) =>
    make('label', { class: 'chip' }, [boxes[at]!, make('span', {}, [label])]),
  )
  const row = make('fieldset', { class: 'row', ...described(question, id) }, [
    make('legend', { class: 'name' }, [question.label]),
    ...aboutOf(make, question, id),
    make('div', { class: 'chips' }, chips),
  ])
  return { row, boxes }
}
