/** Makes elements of one document. */
export type Make = ReturnType<typeof createMake>

/** Creates what makes elements: attributes, children and what a click does. */
export function createMake(document: Document) {
  return function make<T extends keyof HTMLElementTagNameMap>(
    tag: T,
    attributes: Readonly<Record<string, string>> = {},
    children: readonly (Node | string)[] = [],
    onClick?: () => void,
  ): HTMLElementTagNameMap[T] {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    // Text goes in as text, whatever a site's translation holds.
    element.append(...children)
    if (onClick) element.addEventListener('click', onClick)
    return element
  }
}
