const HEROES: { readonly [variant: string]: string } = {
  default: 'Everything for outside',
  hiking: 'Boots that have seen rain',
}

/** The home page. What stands in it names its placement and variant, so the tracker counts who saw it. */
export function homePage(variants: { readonly [placement: string]: string }): string {
  const hero = variants['home-hero'] ?? 'default'
  const offer = variants.offer ?? 'none'
  return page(
    placed('home-hero', hero, `<h1>${HEROES[hero] ?? HEROES.default}</h1>`) +
      placed('offer', offer, offer === 'none' ? '' : '<p>Ten percent off this week</p>'),
  )
}

/** The page of a product. */
export function productPage(variants: { readonly [placement: string]: string }): string {
  const rail = variants['product-rail'] ?? 'popular'
  return page(
    placed('product-rail', rail, rail === 'boots' ? '<ul><li>Boots</li></ul>' : '<ul><li>Tents</li></ul>'),
  )
}

function placed(placement: string, variant: string, content: string): string {
  return `<section data-attune-placement="${placement}" data-attune-variant="${variant}">${content}</section>`
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><title>Outside</title><body>${content}<script async src="/attune.js"></script></body></html>`
}
