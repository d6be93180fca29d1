import type { SegmentValue } from './value-form.tsx'

const SOURCE = 'attune/value'

type Names = Readonly<Record<string, unknown>>

/** The value that an attribute is bound to; undefined when it is bound to none of ours. */
export function readBinding(attributes: Names, attribute: string): SegmentValue | undefined {
  const binding = namesIn(namesIn(namesIn(attributes.metadata).bindings)[attribute])
  if (binding.source !== SOURCE) return undefined
  const { key, fallback } = namesIn(binding.args)
  return { key: String(key ?? ''), fallback: String(fallback ?? '') }
}

/** The attributes that bind an attribute to a value, or to nothing. */
export function writeBinding(attributes: Names, attribute: string, value: SegmentValue | undefined): Names {
  const { bindings, ...metadata } = namesIn(attributes.metadata)
  const { [attribute]: _, ...others } = namesIn(bindings)
  const bound =
    value === undefined ? others : { ...others, [attribute]: { source: SOURCE, args: { ...value } } }
  const kept = Object.keys(bound).length === 0 ? metadata : { ...metadata, bindings: bound }
  return { metadata: Object.keys(kept).length === 0 ? undefined : kept }
}

function namesIn(value: unknown): Names {
  return typeof value === 'object' && value !== null ? (value as Names) : {}
}
