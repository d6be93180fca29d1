import { type Condition, childrenOf } from '../condition/condition.ts'

const TRAIT = 'trait.'

/** The traits that a checked condition and those below it read, each once. Segments that it names are not looked into. */
export function traitsReadBy(condition: Condition): readonly string[] {
  const here =
    'attr' in condition && condition.attr.startsWith(TRAIT) ? [condition.attr.slice(TRAIT.length)] : []
  return [...new Set([...here, ...childrenOf(condition).flatMap(traitsReadBy)])]
}
