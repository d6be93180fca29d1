/** The parts of a path, as Next gives them. */
export interface PathParams {
  readonly path?: readonly string[]
}

/** The path that a visitor asked for: `/product/tent`. */
export function publicPath({ path = [] }: PathParams): string {
  return `/${path.map(decodeURIComponent).join('/')}`
}
