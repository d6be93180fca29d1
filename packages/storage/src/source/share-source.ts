import type { RulesetSource } from './ruleset-source.ts'

// A framework bundles proxy and pages apart: asked for twice it is still one source, and both see the same ruleset.
const REGISTRY = Symbol.for('attune.storage.ruleset.2')
const holder = globalThis as { [REGISTRY]?: Map<string, RulesetSource> }
holder[REGISTRY] ??= new Map()
const registry = holder[REGISTRY]

/** The source of that kind and place in this process; opened when it is first asked for, with what was given then. */
export function shareSource(identity: readonly unknown[], open: () => RulesetSource): RulesetSource {
  const key = JSON.stringify(identity)
  const source = registry.get(key) ?? open()
  registry.set(key, source)
  return source
}
