import { isObject, type Problem } from '@attune/core'
import { checkText } from '../../packages/cli/src/commands/check.ts'
import { blocksOf, type Page, readPage } from './markdown.ts'

interface Members {
  readonly [name: string]: unknown
}

/** What `attune check` finds in a text. */
export function findingsOf(text: string | Uint8Array): readonly Problem[] {
  return checkText(typeof text === 'string' ? new TextEncoder().encode(text) : text)
}

/** The whole ruleset of the guide, to whose names its examples refer. */
export function guideRuleset(): Members {
  const block = blocksOf(readPage('docs/guide/ruleset.md')).find(({ info }) => info === 'json')
  return membersOf(JSON.parse(block?.text ?? 'null'))
}

/** Adds members to a ruleset: definitions beside definitions, experiences behind experiences; others replace. */
export function withMembers(ruleset: Members, added: Members): Members {
  const merged = Object.entries(added).map(([name, value]) => {
    const before = ruleset[name]
    if (isObject(before) && isObject(value)) return [name, { ...before, ...value }]
    return [name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value]
  })
  return { ...ruleset, ...Object.fromEntries(merged) }
}

/** The ruleset of the guide with the definitions that a page adds to it. */
export function pageRuleset(page: Page): Members {
  const parts = blocksOf(page).filter(({ info }) => info === 'json part')
  return parts
    .map(({ text }) => membersOf(JSON.parse(text)))
    .filter((part) => !('experiences' in part))
    .reduce(withMembers, guideRuleset())
}

/** A ruleset, the guide's by default, with one more segment, which an experience uses. */
export function withCondition(when: unknown, ruleset: Members = guideRuleset()): Members {
  const allocation = [{ variant: 'night', share: 1 }]
  return withMembers(ruleset, {
    segments: { example: { when } },
    experiences: [
      { key: 'example', placement: 'announcement', audience: { segment: 'example' }, allocation },
    ],
  })
}

/** An object's members. */
export function membersOf(value: unknown): Members {
  if (!isObject(value)) throw new Error(`[docs] An object is expected, not ${JSON.stringify(value)}.`)
  return value
}
