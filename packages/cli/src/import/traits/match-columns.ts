import type { Ruleset } from '@attune/core'
import { CannotRun } from '../../command.ts'
import { didYouMean } from '../../terminal/near-name.ts'

/** The traits that a ruleset declares. */
export type TraitDefinitions = NonNullable<Ruleset['traits']>

/** What the columns of a file mean. */
export interface Columns {
  /** Place of the user's id. */
  readonly id: number
  readonly traits: readonly TraitColumn[]
  /** Headings of which nothing is read. */
  readonly leftOut: readonly string[]
  /** Every heading. */
  readonly header: readonly string[]
}

/** A column that holds a trait. */
export interface TraitColumn {
  readonly at: number
  readonly heading: string
  readonly trait: string
}

/** What the rejects of an earlier run have besides. */
export const REJECT_COLUMNS: readonly string[] = ['rejected_line', 'rejected_problem']

/** Reads `heading=trait`, several with commas between or one by one. @throws CannotRun when it says nothing, or one heading twice. */
export function parseColumnMap(given: readonly string[]): ReadonlyMap<string, string> {
  const pairs = given
    .flatMap((text) => text.split(','))
    .map((text): [string, string] => {
      const at = text.lastIndexOf('=')
      const pair: [string, string] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()]
      if (pair[0] !== '' && pair[1] !== '') return pair
      throw new CannotRun(`--map is ${JSON.stringify(text)}. Write heading=trait, for example Tier=tier.`)
    })
  const map = new Map(pairs)
  if (map.size === pairs.length) return map
  throw new CannotRun('--map names one heading twice. Keep one of the pairs.')
}

/**
 * Matches the headings of a file with the traits of a ruleset: by `map`, else by name.
 * @throws CannotRun for a heading that is not there, a trait that is not declared or meant by two columns, a heading that is nearly a trait, and when no
 * trait is left.
 */
export function matchColumns(
  header: readonly string[],
  traits: TraitDefinitions,
  { idColumn, map }: { readonly idColumn: string; readonly map: ReadonlyMap<string, string> },
): Columns {
  const declared = Object.keys(traits)
  for (const heading of [idColumn, ...map.keys()]) checkHeading(heading, header)
  for (const trait of map.values()) {
    if (declared.includes(trait)) continue
    throw new CannotRun(
      `--map names the trait ${JSON.stringify(trait)}, which the ruleset does not declare.${didYouMean(trait, declared)} Declare it under traits.`,
    )
  }
  const matched: TraitColumn[] = []
  const leftOut: string[] = []
  for (const [at, heading] of header.entries()) {
    const trait = map.get(heading) ?? (declared.includes(heading) ? heading : undefined)
    if (heading === idColumn && !map.has(heading)) continue
    if (trait === undefined) leftOut.push(heading)
    else matched.push({ at, heading, trait })
  }
  checkTraits(matched, leftOut, declared)
  return { id: header.indexOf(idColumn), traits: matched, leftOut: leftOut.filter(isForeign), header }
}

function checkHeading(heading: string, header: readonly string[]): void {
  const places = header.filter((known) => known === heading).length
  if (places === 1) return
  const name = JSON.stringify(heading)
  if (places > 1) throw new CannotRun(`The file has ${places} columns ${name}. Rename all but one.`)
  const hint = didYouMean(heading, header, (near) => JSON.stringify(near))
  const known = header.map((one) => JSON.stringify(one)).join(', ')
  throw new CannotRun(`The file has no column ${name}.${hint} Its columns: ${known.slice(0, 800)}.`)
}

function checkTraits(
  matched: readonly TraitColumn[],
  leftOut: readonly string[],
  declared: readonly string[],
) {
  const twice = matched.find(({ trait }, at) => matched.slice(0, at).some((other) => other.trait === trait))
  if (twice !== undefined)
    throw new CannotRun(`Two columns tell the trait ${twice.trait}. Rename one, or map another.`)
  const used = new Set(matched.map(({ trait }) => trait))
  const open = declared.filter((trait) => !used.has(trait))
  for (const heading of leftOut) {
    // A heading like this was meant, and nobody would notice.
    const hint = didYouMean(heading.trim(), open)
    if (hint === '') continue
    throw new CannotRun(
      `The column ${JSON.stringify(heading)} is no trait of the ruleset.${hint} Rename it, or say --map ${JSON.stringify(`${heading}=trait`)}.`,
    )
  }
  if (matched.length > 0) return
  const known = declared.length === 0 ? 'It declares none.' : `It declares ${declared.join(', ')}.`
  throw new CannotRun(`No column of the file is a trait of the ruleset. ${known} Name columns with --map.`)
}

function isForeign(heading: string): boolean {
  return !REJECT_COLUMNS.includes(heading)
}
