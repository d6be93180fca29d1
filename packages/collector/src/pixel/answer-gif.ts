// One transparent pixel, 43 bytes. Source: GIF89a.
const GIF = Uint8Array.from(atob('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=='), (sign) =>
  sign.charCodeAt(0),
)

/** Answers the pixel, which no cache keeps: a mail or a page shows no broken picture, whatever became of the event. */
export function answerGif(cookies: readonly string[] = []): Response {
  const headers = cookies.map((cookie): [string, string] => ['set-cookie', cookie])
  return new Response(GIF, {
    headers: [
      ['content-type', 'image/gif'],
      ['cache-control', 'no-store'],
      ['x-content-type-options', 'nosniff'],
      ...headers,
    ],
  })
}
