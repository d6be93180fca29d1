import type { Traits } from './encode-traits.ts'

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const MARK = 'data-attune-trait'
// Whatever the mark says: nobody means to tell these.
const SECRET_TYPE = /^(?:password|file)$/
const SECRET_FILL = /\b(?:cc-|one-time-code|(?:current|new)-password)/

/** Finds the fields that tell a trait: what is marked `data-attune-trait`, but nothing inside `data-attune-private` and no secrets. */
export function findFields(root: ParentNode): readonly Field[] {
  return [...root.querySelectorAll<Field>(`:is(input,select,textarea)[${MARK}]`)].filter(isTold)
}

/** Tells whether an element is such a field. */
export function isTraitField(element: unknown): element is Field {
  const field = element as Partial<Element>
  return typeof field?.matches === 'function' && field.matches(`:is(input,select,textarea)[${MARK}]`)
}

/**
 * Reads what fields tell. One checkbox is a yes or a no, several of one trait a list, so is a select of several; radio buttons tell the value that is
 * chosen, a number field a number, all else its text. What is empty takes the trait back.
 */
export function readFields(fields: readonly Field[]): Traits {
  const traits: { [trait: string]: Traits[string] } = {}
  for (const field of fields) {
    const trait = field.getAttribute(MARK) ?? ''
    const same = fields.filter((other) => other.getAttribute(MARK) === trait)
    const value = readField(field, same)
    if (trait !== '' && value !== undefined) traits[trait] = value
  }
  return traits
}

function isTold(field: Field): boolean {
  return (
    !SECRET_TYPE.test(field.type) &&
    !SECRET_FILL.test(field.getAttribute('autocomplete') ?? '') &&
    field.closest('[data-attune-private]') === null &&
    !field.matches(':disabled')
  )
}

function readField(field: Field, same: readonly Field[]): Traits[string] {
  if (field.type === 'checkbox') {
    const boxes = same.filter(isBox)
    return boxes.length > 1 ? boxes.filter(isChecked).map(({ value }) => value) : isChecked(field)
  }
  // Of a group that nobody touched nothing is known.
  if (field.type === 'radio') return same.find(isChecked)?.value
  if (field.type === 'select-multiple' && 'selectedOptions' in field)
    return [...field.selectedOptions].map(({ value }) => value)
  const text = field.value.trim()
  if (text === '') return null
  return field.type === 'number' || field.type === 'range' ? Number(text) : text
}

function isBox({ type }: Field): boolean {
  return type === 'checkbox'
}

function isChecked(field: Field): boolean {
  return 'checked' in field && field.checked
}
