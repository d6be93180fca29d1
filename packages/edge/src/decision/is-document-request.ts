/**
 * Tells whether a request asks for a document to show, and not for data of a page that is already there. Browsers
 * without fetch metadata, and programs, are taken to ask for documents.
 */
export function isDocumentRequest(headers: Headers): boolean {
  const wanted = headers.get('sec-fetch-dest') ?? headers.get('sec-fetch-mode') ?? 'document'
  return ['document', 'iframe', 'navigate'].includes(wanted)
}
