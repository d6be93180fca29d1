import { routeTo } from '../common/use-route.ts'

/** The screen on which a place of the document is edited. */
export function placeOf(path: string): string {
  const key = segmentAt(path)
  return key === undefined ? routeTo('definitions') : routeTo('segment', key)
}

/** The segment in which a path lies. */
export function segmentAt(path: string): string | undefined {
  const [, plain, quoted] =
    /^\$\.segments(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[("(?:[^"\\]|\\.)*")\])/.exec(path) ?? []
  return plain ?? (quoted === undefined ? undefined : String(JSON.parse(quoted)))
}
