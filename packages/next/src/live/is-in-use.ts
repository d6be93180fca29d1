/** Tells whether a visitor is busy with an element: points at it, has the focus in it, or has marked some of its text. */
export function isInUse(element: Element): boolean {
  const { activeElement, defaultView } = element.ownerDocument
  const selection = defaultView?.getSelection()
  return (
    element.matches(':hover') ||
    (element.contains(activeElement) && activeElement !== element.ownerDocument.body) ||
    (selection?.isCollapsed === false && selection.containsNode(element, true))
  )
}
