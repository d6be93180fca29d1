/** A constant, function or class at the first column of a PHP file, with the comments before it. */
export interface Declaration {
  readonly name: string
  readonly kind: string
  readonly text: string
}
export function declarationsOf(body: string): readonly Declaration[]
export function scalarOf(declaration: Declaration): string | undefined
export function withoutComments(text: string): string
export function namesIn(text: string): ReadonlySet<string>
export function mapCode(text: string, change: (code: string) => string): string
export function qualify(text: string, own: ReadonlySet<string>): string
export function inline(text: string, values: ReadonlyMap<string, string>, before?: string): string
