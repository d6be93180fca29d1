import type { SentEvent } from '../../support/http-visitor.ts'

/** Looks at so many things for hikers. */
export function looksAtHiking(times: number): readonly SentEvent[] {
  return Array.from({ length: times }, (_, at) => ({
    name: 'view_item',
    properties: { item_id: `hiking-${at}`, item_category: 'hiking' },
  }))
}
