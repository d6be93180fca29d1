const NAMED: Readonly<Record<string, string>> = { amp: '&', gt: '>', lt: '<', quot: '"' }

/** The text of a title as WordPress renders it: `Beans &#038; more`. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(amp|gt|lt|quot);/g, (_, name: string) => NAMED[name]!)
}
