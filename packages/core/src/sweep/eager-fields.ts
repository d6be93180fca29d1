import type { Question } from '../match/scope.ts'
import { groupOf, OPEN_GROUPS, readNamed } from './named-paths.ts'
import { MISSING } from './published-sweep.ts'
import type { Members, ValueReader } from './read-values.ts'

// From so many fields of a group on, walking through all its members costs less than asking for each by name.
const WALK = 8
// A group with more members than this for each field is asked by name after all.
const WALK_EXCESS = 4

/** Makes the reader of the first `eager` fields: it leaves the class of each in `classes`. */
export function createEagerReader(
  eager: number,
  reader: ValueReader,
  classOf: (field: number, value: unknown) => number,
  classes: Int32Array,
): (question: Question) => void {
  // Made for the second question: a first answer does not wait for what makes later ones fast.
  let layout: Layout | undefined
  let isFirst = true
  const all = Array.from({ length: eager }, (_, field) => field)

  function readByName(list: readonly number[], question: Question): void {
    for (let at = 0; at < list.length; at++) {
      const field = list[at]!
      classes[field] = classOf(field, reader.read(field, question))
    }
  }

  function readPlainly(question: Question): void {
    layout ??= layOut(reader, eager)
    const { context } = question
    const { groups, single, named } = layout
    for (let at = 0; at < named.length; at++) {
      const field = named[at]!
      classes[field] = classOf(field, readNamed(reader.named[field]!, context))
    }
    readByName(single, question)
    for (let at = 0; at < groups.length; at++) {
      const group = groups[at]!
      if (group.walks) {
        const object = groupOf(group.place, context, question.profile)
        group.walks = walk(group, (object ?? NOTHING) as Members)
      }
      if (!group.walks) readByName(group.fields, question)
    }
  }

  // Visitors' objects mostly have their members in one order: the next is guessed from the last visitor's.
  function walk({ fields: list, order, found, fieldOf }: Group, object: Members): boolean {
    for (let at = 0; at < list.length; at++) classes[list[at]!] = MISSING
    const most = list.length * WALK_EXCESS
    let at = 0
    for (const name in object) {
      if (at === most) return false
      if (order[at] !== name) {
        order[at] = name
        found[at] = fieldOf.get(name) ?? -1
      }
      const field = found[at++]!
      if (field >= 0) classes[field] = classOf(field, object[name])
    }
    return true
  }

  return (question) => {
    if (isFirst || !reader.isPlain()) readByName(all, question)
    else readPlainly(question)
    isFirst = false
  }
}

interface Group {
  readonly place: number
  readonly fields: readonly number[]
  readonly fieldOf: ReadonlyMap<string, number>
  walks: boolean
  /** The members of the last object that was walked through, and the field of each, −1 for none. */
  readonly order: string[]
  readonly found: Int32Array
}

interface Layout {
  readonly groups: readonly Group[]
  readonly single: readonly number[]
  /** Fields of paths that `readNamed` reads. */
  readonly named: readonly number[]
}

function layOut({ groups: places, named: namedAt, names }: ValueReader, eager: number): Layout {
  const single: number[] = []
  const named: number[] = []
  const members: Map<string, number>[] = []
  for (let field = 0; field < eager; field++) {
    const group = places[field]!
    if (namedAt[field]! >= 0) named.push(field)
    else if (group < 0 || group >= OPEN_GROUPS) single.push(field)
    else {
      members[group] ??= new Map()
      members[group].set(names[field]!, field)
    }
  }
  const groups: Group[] = []
  members.forEach((fieldOf, place) => {
    const list = [...fieldOf.values()]
    if (list.length < WALK) single.push(...list)
    else {
      const found = new Int32Array(list.length * WALK_EXCESS)
      groups.push({ place, fields: list, fieldOf, walks: true, order: [], found })
    }
  })
  return { groups, single, named }
}

const NOTHING = Object.freeze({})
