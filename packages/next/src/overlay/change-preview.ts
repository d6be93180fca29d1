import type { Preview } from '@attune/edge'

/** What to look at; `end` takes the preview away. */
export type Change = Omit<Preview, 'exp'> | 'end'

/** Changes the preview and loads the page anew; resolves to what went wrong. */
export async function changePreview(change: Change): Promise<string> {
  try {
    const response = await fetch('/attune/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change === 'end' ? { end: true } : change),
    })
    if (!response.ok) return `/attune/preview answered ${response.status}: ${await response.text()}`
    window.location.reload()
    return ''
  } catch (error) {
    return `/attune/preview could not be asked: ${error}`
  }
}
