import type { Judged } from './judge-events.ts'
import type { Redactor } from './redact/create-redactor.ts'

/** Takes out of a judged batch what must not be kept; nothing of it was written anywhere before this. */
export function redactJudged({ taken, refused }: Judged, redactor: Redactor): Judged {
  return {
    taken: taken.map((one) => {
      const event = redactor.event(one.event)
      return event === one.event ? one : { ...one, event }
    }),
    refused: refused.map((one) =>
      one.content === '' ? one : { ...one, content: redactor.content(JSON.parse(one.content)) },
    ),
  }
}
