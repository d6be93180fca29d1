const WRONG: readonly unknown[] = ['', ' x', 'wrong', -1, 1.5, 0, true, null, [], {}, ['wrong'], [1, 'a']]

/** A document that differs from a sound one in one place. */
export interface Spoilt {
  /** What was done where, for a person. */
  readonly change: string
  readonly document: unknown
}

/** Every way to spoil a document in one place: a member left out, added, or of another value. */
export function spoil(document: unknown, place = ''): readonly Spoilt[] {
  const replaced = WRONG.map((value) => ({
    change: `${place} = ${JSON.stringify(value)}`,
    document: value,
  }))
  if (typeof document !== 'object' || document === null) return replaced
  return [
    ...replaced,
    ...(Array.isArray(document) ? spoilList(document, place) : spoilMembers(document, place)),
  ]
}

function spoilList(list: readonly unknown[], place: string): readonly Spoilt[] {
  // One of many numbers stands for all of them.
  const places = list.length > 10 ? [0] : [...list.keys()]
  const inside = places.flatMap((at) =>
    spoil(list[at], `${place}/${at}`).map(({ change, document }) => ({
      change,
      document: list.with(at, document),
    })),
  )
  return [...inside, { change: `${place} + "more"`, document: [...list, 'more'] }]
}

function spoilMembers(object: object, place: string): readonly Spoilt[] {
  const members = Object.entries(object)
  const inside = members.flatMap(([name, member]) =>
    spoil(member, `${place}/${name}`).map(({ change, document }) => ({
      change,
      document: { ...object, [name]: document },
    })),
  )
  const without = members.map(([name]) => ({
    change: `${place} - ${name}`,
    document: Object.fromEntries(members.filter(([other]) => other !== name)),
  }))
  return [...inside, ...without, { change: `${place} + surprise`, document: { ...object, surprise: 1 } }]
}
