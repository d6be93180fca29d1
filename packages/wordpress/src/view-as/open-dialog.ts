import { type Choice, fetchChoices, fetchLink } from './ask-server.ts'
import { plainAddress, type ViewFacts } from './view-facts.ts'

type Chosen = Readonly<Record<string, boolean>>

/** Opens the dialog in which segments are chosen; the focus returns to `opener` when it closes. */
export function openDialog(window: Window & typeof globalThis, facts: ViewFacts, opener: HTMLElement): void {
  const { document, location } = window
  const { words } = facts
  const dialog = element(document, 'dialog', {
    class: 'attune-view-as',
    'aria-labelledby': 'attune-view-title',
  })
  const form = element(document, 'form', {})
  const list = element(document, 'ul', {})
  const status = element(document, 'p', { role: 'status' }, words.loading)
  const tell = (error: unknown): void => {
    status.textContent = words.trouble.replace('%s', error instanceof Error ? error.message : String(error))
  }
  const close = (): void => dialog.close()
  const reset = (): void => location.assign(plainAddress(location.href))

  form.append(
    element(document, 'h2', { id: 'attune-view-title' }, words.title),
    element(document, 'p', {}, words.about),
    status,
    list,
    buttons(document, facts, close, reset),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    fetchLink(facts, chosenIn(list), plainAddress(location.href))
      .then((url) => location.assign(url))
      .catch(tell)
  })
  dialog.append(form)
  dialog.addEventListener('close', () => {
    dialog.remove()
    opener.focus()
  })
  document.body.append(dialog)
  dialog.showModal()

  fetchChoices(facts)
    .then((choices) => {
      status.textContent = choices.length === 0 ? words.none : ''
      list.append(...choices.map((choice) => row(document, facts, choice)))
      list.querySelector('select')?.focus()
    })
    .catch(tell)
}

function buttons(
  document: Document,
  { words, view }: ViewFacts,
  close: () => void,
  reset: () => void,
): HTMLElement {
  const box = element(document, 'div', { class: 'attune-view-as__buttons' })
  const button = (text: string, act: () => void): HTMLElement => {
    const made = element(document, 'button', { type: 'button' }, text)
    made.addEventListener('click', act)
    return made
  }
  box.append(element(document, 'button', { type: 'submit' }, words.look))
  if (view !== null) box.append(button(words.reset, reset))
  box.append(button(words.close, close))
  return box
}

function row(document: Document, { words, view }: ViewFacts, { key, label }: Choice): HTMLElement {
  const id = `attune-view-${key}`
  const select = element(document, 'select', { id, 'data-segment': key })
  const present = view?.[key]
  const options = [
    ['', words.unsaid, present === undefined],
    ['in', words.in, present === true],
    ['out', words.out, present === false],
  ] as const
  for (const [value, text, isChosen] of options) {
    const option = element(document, 'option', { value }, text)
    option.selected = isChosen
    select.append(option)
  }
  const made = element(document, 'li', {})
  made.append(element(document, 'label', { for: id }, label), select)
  return made
}

function chosenIn(list: HTMLElement): Chosen {
  const selects = [...list.querySelectorAll('select')].filter(({ value }) => value !== '')
  return Object.fromEntries(selects.map(({ dataset, value }) => [dataset.segment ?? '', value === 'in']))
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  document: Document,
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.textContent = text
  return made
}
