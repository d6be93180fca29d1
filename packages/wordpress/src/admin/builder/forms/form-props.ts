import type { Editing } from '../editing.ts'

/** What the form of every kind of condition gets. */
export interface FormProps {
  /** The condition. */
  readonly editing: Editing
}
