import { createMake, type Make } from '../../make-element.ts'
import type { Purpose } from '../purpose.ts'
import type { ConsentTexts } from './texts.ts'

/** What the banner asks and who hears the answers. */
export interface ViewParts {
  readonly texts: ConsentTexts
  /** What is asked for, in this order. */
  readonly purposes: readonly Purpose[]
  /** Address of the privacy policy; empty without one. */
  readonly privacy: string
  /** Address of the page of what is kept of the visitor; empty without one. */
  readonly data: string
  /** The browser sends Global Privacy Control. */
  readonly objects: boolean
  readonly onAccept: () => void
  readonly onRefuse: () => void
  readonly onChoose: () => void
  readonly onSave: () => void
  readonly onClose: () => void
}

/** The banner and the choices, as elements. */
export interface View {
  readonly banner: HTMLElement
  readonly dialog: HTMLDialogElement
  readonly status: HTMLElement
  /** The way to what is kept, where there is one. */
  readonly data: HTMLElement | undefined
  /** What the choices say of the browser's objection. */
  readonly objection: HTMLElement | undefined
  readonly boxes: ReadonlyMap<Purpose, HTMLInputElement>
}

/** Builds both layers. Refusing and accepting stand side by side in each, alike in size and contrast. */
export function buildView(document: Document, parts: ViewParts): View {
  const { texts, objects, privacy } = parts
  const make = createMake(document)
  const answers = (...more: readonly Node[]): HTMLElement =>
    make('div', { class: 'answers' }, [
      ...more,
      make(
        'button',
        { type: 'button', class: 'answer', 'data-answer': 'refuse' },
        [texts.refuse],
        parts.onRefuse,
      ),
      make(
        'button',
        { type: 'button', class: 'answer', 'data-answer': 'accept' },
        [objects ? texts.acceptAnyway : texts.accept],
        parts.onAccept,
      ),
    ])
  const note = () =>
    objects ? make('p', { class: 'objection', role: 'note' }, [texts.objection]) : undefined

  const choose = make(
    'button',
    { type: 'button', class: 'plain', 'aria-haspopup': 'dialog' },
    [texts.choose],
    parts.onChoose,
  )
  const policy = privacy === '' ? [] : [make('a', { href: privacy }, [texts.privacy])]
  const banner = make(
    'section',
    {
      class: 'banner',
      role: 'dialog',
      'aria-modal': 'false',
      'aria-labelledby': 'title',
      'aria-describedby': 'text',
    },
    [
      make('h2', { id: 'title' }, [texts.title]),
      make('p', { id: 'text', class: 'quiet' }, [texts.text]),
      note() ?? '',
      answers(),
      make('div', { class: 'more' }, [choose, ...policy]),
    ],
  )

  const boxes = new Map<Purpose, HTMLInputElement>()
  const rows = parts.purposes.map((purpose) => {
    const box = make('input', { type: 'checkbox', 'aria-describedby': `about-${purpose}` })
    boxes.set(purpose, box)
    return row(make, box, purpose, texts.purposes[purpose])
  })
  const always = make('input', {
    type: 'checkbox',
    'aria-describedby': 'about-functional',
    checked: '',
    disabled: '',
  })
  const objection = note()
  const data = wayToData(make, parts)
  const dialog = make('dialog', { 'aria-labelledby': 'choices-title', 'aria-describedby': 'choices-text' }, [
    make('h2', { id: 'choices-title' }, [texts.choicesTitle]),
    make('p', { id: 'choices-text', class: 'quiet' }, [texts.choicesText]),
    objection ?? '',
    make('ul', {}, [
      row(make, always, 'functional', { name: texts.functional, text: texts.functionalText }),
      ...rows,
    ]),
    data ?? '',
    answers(make('button', { type: 'button', class: 'answer save' }, [texts.save], parts.onSave)),
    make('button', { type: 'button', class: 'close', 'aria-label': texts.close }, ['×'], parts.onClose),
  ])
  const status = make('p', { class: 'status', role: 'status' }, [])
  return { banner, dialog, status, boxes, data, objection }
}

function wayToData(make: Make, { texts, data }: ViewParts): HTMLElement | undefined {
  if (data === '') return undefined
  const [before = '', after = ''] = texts.dataText.split('{data}')
  return make('p', { class: 'quiet data' }, [before, make('a', { href: data }, [texts.data]), after])
}

function row(
  make: Make,
  box: HTMLInputElement,
  id: string,
  { name, text }: { readonly name: string; readonly text: string },
) {
  return make('li', {}, [
    make('label', {}, [
      make('span', { class: 'name' }, [name]),
      make('span', { class: 'about', id: `about-${id}` }, [text]),
      box,
    ]),
  ])
}
