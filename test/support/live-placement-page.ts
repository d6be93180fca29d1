/** What makes React's elements; handed in, since pages of tests have no React of their own. */
type CreateElement = (type: unknown, props: object | null, ...children: unknown[]) => unknown

const style = (height: number) => ({ height: `${height}px`, margin: 0, background: '#cde' })

/** A page with a live placement above its text; its variants differ in height, and one of them has a link. */
export function livePage(createElement: CreateElement, Placement: unknown, shown: string): unknown {
  const p = (height: number, ...children: unknown[]) =>
    createElement('p', { style: style(height) }, ...children)
  const link = createElement('a', { href: '#code', id: 'code' }, 'Show the code')
  return createElement(
    'main',
    null,
    createElement(Placement, {
      id: 'offer',
      live: true,
      decisions: { offer: { variant: shown, baseline: 'none' } },
      variants: {
        none: p(20, 'Free returns'),
        ten: p(120, 'Ten off ', link),
        twenty: p(60, 'Twenty off'),
      },
    }),
    createElement('h1', null, 'Trail boots'),
    createElement('p', { id: 'text' }, 'Below, and not to be moved. '.repeat(40)),
  )
}
