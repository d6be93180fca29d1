/** The element of the page with this id; the page's own markup has it. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no #${id}.`)
  return element
}

/** Sets a text where it is another one: what did not change is not touched, so that nothing is read out or selected anew. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** Makes an SVG element. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: { readonly [name: string]: string | number } = {},
  text?: string,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text !== undefined) element.textContent = text
  return element
}

/** Brings a parent to have as many children as there are items, and has each made fit its item. */
export function fillList<Item>(
  parent: HTMLElement,
  items: readonly Item[],
  create: () => HTMLElement,
  update: (child: HTMLElement, item: Item) => void,
): void {
  while (parent.children.length > items.length) parent.lastElementChild?.remove()
  while (parent.children.length < items.length) parent.append(create())
  items.forEach((item, at) => {
    const child = parent.children[at]
    if (child instanceof HTMLElement) update(child, item)
  })
}
