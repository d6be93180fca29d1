import { contextReader } from '../context/context-path.ts'
import type { Question } from '../match/scope.ts'
import { isObject, own } from '../result/json.ts'
import { groupOf, groupPlace, namedPlace, readNamed, TRAIT } from './named-paths.ts'

/** Reads the values of paths, fastest where a question is made of plain objects. */
export interface ValueReader {
  /** Looks how a question may be read; comes before all reading of it. */
  readonly open: (question: Question) => void
  /** The value of a path, by its place in the list. */
  readonly read: (path: number, question: Question) => unknown
  /** The place of a path with `readNamed`, −1 when it has none. */
  readonly named: Int32Array
  /** The group of a path and, when it has no such place, its name in the group. */
  readonly groups: Int32Array
  readonly names: readonly string[]
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
  for (let place = 0; place < paths.length; place++) {
    const path = paths[place]!
    const group = groupPlace(path)
    named[place] = namedPlace(path)
    groups[place] = group
    const name = named[place]! >= 0 ? '' : path.slice(path.indexOf('.') + 1)
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

  return { named, groups, names, open, read, isPlain: () => isPlain }
}

/** Members of a plain object. */
export interface Members {
  readonly [name: string]: unknown
}

function ownReader(path: string): (question: Question) => unknown {
  if (groupPlace(path) === TRAIT) {
    const name = path.slice(path.indexOf('.') + 1)
    return ({ profile }) => (isObject(profile.traits) ? own(profile.traits, name) : undefined)
  }
  const read = contextReader(path)
  return ({ context }) => read(context)
}

const NOTHING = Object.freeze({})

function isBare(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
