import { contextReader } from '../context/context-path.ts'
import type { Question } from '../match/scope.ts'
import { isObject, own } from '../result/json.ts'
import { GROUPS, groupOf, NAMED_PATHS, readNamed, TRAIT } from './named-paths.ts'

/** Reads the values of paths, fastest where a question is made of plain objects. */
export interface ValueReader {
  /** Looks how a question may be read; comes before all reading of it. */
  readonly open: (question: Question) => void
  /** The value of a path, by its place in the list. */
  readonly read: (path: number, question: Question) => unknown
  /** Tells whether the members of a group may be walked through as the object's own. */
  readonly isPlain: () => boolean
}

/** Makes a reader of paths. */
export function createValueReader(paths: readonly string[]): ValueReader {
  const named = new Int32Array(paths.length)
  const groups = new Int32Array(paths.length)
  const names: string[] = []
  const used: number[] = []
  // A name that every object inherits must be asked for as the object's own.
  let isInherited = false
  for (let path = 0; path < paths.length; path++) {
    const { group, name } = locate(paths[path]!)
    named[path] = NAMED_PATHS.indexOf(paths[path]!)
    groups[path] = group
    names.push(name)
    isInherited ||= name in Object.prototype
    if (group >= 0 && !used.includes(group)) used.push(group)
  }
  const careful: ((question: Question) => unknown)[] = []
  let isPlain = false

  function open(question: Question): void {
    isPlain = !isInherited && isBare(question.context)
    for (let at = 0; at < used.length && isPlain; at++) {
      const object = groupOf(used[at]!, question.context, question.profile)
      isPlain = object === undefined || isBare(object)
    }
    // Whatever is here is inherited by every plain object.
    for (const _name in NOTHING) isPlain = false
  }

  function read(path: number, question: Question): unknown {
    if (!isPlain) return readCarefully(path, question)
    const name = named[path]!
    if (name >= 0) return readNamed(name, question.context)
    const group = groupOf(groups[path]!, question.context, question.profile)
    return group === undefined ? undefined : (group as Members)[names[path]!]
  }

  function readCarefully(path: number, question: Question): unknown {
    careful[path] ??= ownReader(paths[path]!)
    return careful[path](question)
  }

  return { open, read, isPlain: () => isPlain }
}

/** Members of a plain object. */
export interface Members {
  readonly [name: string]: unknown
}

/** The group of a path, −1 for none, and its name in it; all after the first dot is the name. */
export function locate(path: string): { readonly group: number; readonly name: string } {
  const dot = path.indexOf('.')
  return { group: dot < 0 ? -1 : GROUPS.indexOf(path.slice(0, dot)), name: path.slice(dot + 1) }
}

function ownReader(path: string): (question: Question) => unknown {
  const { group, name } = locate(path)
  if (group === TRAIT)
    return ({ profile }) => (isObject(profile.traits) ? own(profile.traits, name) : undefined)
  const read = contextReader(path)
  return ({ context }) => read(context)
}

const NOTHING = Object.freeze({})

function isBare(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
