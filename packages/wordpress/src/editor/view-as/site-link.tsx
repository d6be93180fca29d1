import apiFetch from '@wordpress/api-fetch'
import { Button, Notice } from '@wordpress/components'
import { useSelect } from '@wordpress/data'
import { useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useAnswers } from './use-answers.ts'

/** Opens the saved page of the site as the visitor sees it, by a signed link that ends by itself. */
export function SiteLink(): ReactElement | null {
  const answers = useAnswers()?.answers
  const url = useSelect((select) => select('core/editor')?.getPermalink() ?? null, [])
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  if (url === null || answers === undefined) return null
  const open = async (): Promise<void> => {
    // Opened at once: a window that opens after an answer is taken for an advertisement.
    const tab = window.open('about:blank', '_blank')
    try {
      const segments = Object.fromEntries(
        Object.entries(answers).map(([key, answer]) => [key, answer === true]),
      )
      const link = linkIn(
        await apiFetch({ path: '/attune/v1/view-as', method: 'POST', data: { segments, url } }),
      )
      setTrouble(undefined)
      if (tab !== null) tab.location.href = link
    } catch (error) {
      tab?.close()
      setTrouble(error instanceof Error ? error.message : messageIn(error))
    }
  }
  return (
    <>
      <Button variant="secondary" onClick={() => void open()} __next40pxDefaultSize>
        {__('Open the saved page as this visitor', 'attune')}
      </Button>
      {trouble === undefined ? undefined : (
        <Notice status="error" isDismissible={false}>
          {
            // translators: %s: what went wrong.
            sprintf(__('The link could not be made: %s Save the page and try again.', 'attune'), trouble)
          }
        </Notice>
      )}
    </>
  )
}

function linkIn(answer: unknown): string {
  const url = typeof answer === 'object' && answer !== null && 'url' in answer ? answer.url : undefined
  if (typeof url === 'string') return url
  throw new Error(__('The site gave no link.', 'attune'))
}

function messageIn(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error)
}
