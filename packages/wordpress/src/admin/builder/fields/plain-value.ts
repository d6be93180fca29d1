import type { Json } from '@attune/core/json'

/** Where any type goes, `true`, `false` and numbers are taken for what they look like. */
export function plainValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) && String(number) === text ? number : text
}
