import { jsonPath } from '@attune/core'
import type { Json, JsonObject } from '@attune/core/json'
import { memberOf, withMember } from '../document/json-at.ts'

/** An object of the draft under somebody's hands. */
export interface Editing {
  readonly node: JsonObject
  /** Where it stands in the document, as findings name it. */
  readonly path: string
  readonly replace: (node: JsonObject) => void
}

/** One member of what is edited. */
export interface MemberEditing {
  readonly value: Json | undefined
  readonly path: string
  /** `undefined` takes the member away. */
  readonly set: (value: Json | undefined) => void
}

/** A member of what is edited, by its name. */
export function memberEditing({ node, path, replace }: Editing, name: string): MemberEditing {
  return {
    value: memberOf(node, name),
    path: jsonPath(path, name),
    set: (value) => replace(withMember(node, name, value)),
  }
}

/** A member that is an object, to be edited as one. */
export function objectEditing(editing: Editing, name: string, value: JsonObject): Editing {
  const member = memberEditing(editing, name)
  return { node: value, path: member.path, replace: member.set }
}
