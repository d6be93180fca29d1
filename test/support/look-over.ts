import type { Page } from 'playwright-core'

/**
 * Looks a page over as an assistive technology would meet it, and says what is wrong: controls and tables without a name, ids that stand twice, a
 * level of headings left out, text with a contrast below 4.5 (WCAG 2.2, 1.4.3), targets under 24 pixels (2.5.8), and what is wider than the screen.
 */
export function lookOver(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })
    const all = [...document.querySelectorAll<HTMLElement>('body *')].filter(isSeen)

    const nameOf = (element: HTMLElement): string =>
      element.getAttribute('aria-label') ??
      document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ??
      (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined) ??
      (element instanceof HTMLTableElement ? element.caption?.textContent : element.textContent) ??
      ''
    for (const element of all) {
      if (element.matches('button, input, summary, a, table, section') && nameOf(element).trim() === '')
        found.push(`no name: ${element.outerHTML.slice(0, 80)}`)
      const { width, height } = element.getBoundingClientRect()
      if (element.matches('button, input, summary') && Math.min(width, height) < 24)
        found.push(`small: ${element.outerHTML.slice(0, 80)}`)
    }

    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`id twice: ${id}`)

    let level = 0
    for (const heading of all.filter((element) => /^H[1-6]$/.test(element.tagName))) {
      const next = Number(heading.tagName[1])
      if (next > level + 1) found.push(`heading level left out: ${heading.textContent}`)
      level = next
    }

    const partsOf = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = partsOf(color).map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const groundOf = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)'
      const { backgroundColor } = getComputedStyle(element)
      return partsOf(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor
    }
    const texts = [...document.querySelectorAll('body *')].filter(
      (element) =>
        isSeen(element) &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()),
    )
    for (const element of texts) {
      const { color, fill } = getComputedStyle(element)
      const ink = element instanceof SVGElement ? fill : color
      const [light = 0, dark = 0] = [luminance(ink), luminance(groundOf(element))].sort((a, b) => b - a)
      const contrast = (light + 0.05) / (dark + 0.05)
      if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: ${element.textContent?.slice(0, 40)}`)
    }

    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`wider than the screen: ${scrollWidth} of ${clientWidth}`)
    return found
  })
}
