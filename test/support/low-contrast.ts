/** Texts of a layer whose contrast is too low, by WCAG 2.2, success criterion 1.4.3. Runs in the page. */
export function lowContrast(layer: Element): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
  const paint = (colors: readonly string[]): number[] => {
    canvas.clearRect(0, 0, 1, 1)
    for (const color of colors) {
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
    }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  }
  const luminance = (rgb: readonly number[]): number => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  const behind = (element: Element | null): string[] =>
    element === null || element === layer.parentElement
      ? []
      : [...behind(element.parentElement), getComputedStyle(element).backgroundColor]
  const texts = [...layer.querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
  )
  if (texts.length < 5) return ['no texts were found']
  return texts.flatMap((element) => {
    const ground = behind(element)
    const [one, other] = [
      luminance(paint([...ground, getComputedStyle(element).color])),
      luminance(paint(ground)),
    ]
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    return contrast < 4.5 ? [`${contrast.toFixed(2)} ${element.textContent}`] : []
  })
}
