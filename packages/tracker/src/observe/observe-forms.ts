import type { EventProperties } from '../queue/clean-properties.ts'
import { listen } from '../scope.ts'
import { nameField } from './name-field.ts'
import type { ChunkObserver } from './observer.ts'

/** What is known of a form that was begun: which fields were touched, never what is in them. */
interface Begun {
  readonly fields: Set<HTMLInputElement>
  last: HTMLInputElement
  /** Its contents were gathered since the last entry: a script sends it, without a submit that could be heard. */
  isGathered: boolean
}

/**
 * Records `form_start` at the first entry into a form, `form_submit` when it is sent, and `form_abandon` when the page view ends with
 * something entered and not sent. Nothing of a form inside `data-attune-private`.
 */
export const observeForms: ChunkObserver = ({ window, scope, record }, event) => {
  const { document } = window
  const begun = new Map<HTMLFormElement, Begun>()
  const enter = ({ target }: Pick<Event, 'target'>) => {
    const field = target as HTMLInputElement
    const { form } = field
    if (!form || isPrivate(field)) return
    const known = begun.get(form)
    if (!known) record('form_start', describe(form))
    const fields = (known?.fields ?? new Set()).add(field)
    begun.set(form, { fields, last: field, isGathered: false })
  }
  const submit = (form: HTMLFormElement) => {
    if (!isPrivate(form)) record('form_submit', { ...describe(form), ...describeEntries(begun.get(form)) })
    begun.delete(form)
  }
  const leave = () => {
    for (const [form, entries] of begun) {
      if (entries.isGathered) submit(form)
      else if ([...entries.fields].some(isEntered))
        record('form_abandon', { ...describe(form), ...describeEntries(entries) })
    }
    begun.clear()
  }

  for (const type of ['input', 'change']) listen(scope, document, type, enter)
  listen(scope, document, 'submit', ({ target }) => submit(target as HTMLFormElement))
  listen(scope, document, 'formdata', ({ target }) => {
    const entries = begun.get(target as HTMLFormElement)
    if (entries) entries.isGathered = true
  })
  listen(scope, window, 'pagehide', leave)
  scope.push(leave)
  // A field may have been filled in while this was loaded.
  const target = (event?.target ?? document.activeElement) as HTMLInputElement | null
  if (target?.form && isEntered(target)) enter({ target })
}

function isPrivate(element: Element): boolean {
  return element.closest('[data-attune-private]') !== null
}

// By its attributes: a field that is called `id` or `name` hides the form's own.
function describe(form: HTMLFormElement): EventProperties {
  return {
    form_id: form.getAttribute('id') || undefined,
    form_name: form.getAttribute('name') || undefined,
  }
}

function describeEntries(entries: Begun | undefined): EventProperties {
  return {
    form_fields: entries?.fields.size ?? 0,
    form_last_field: entries && nameField(entries.last),
  }
}

// Looked at, not told: whether a field differs from how the page gave it.
function isEntered({ value, defaultValue, checked, defaultChecked }: HTMLInputElement): boolean {
  return value !== defaultValue || checked !== defaultChecked
}
