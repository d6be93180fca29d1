/** Value of the cookie that the tracker counts sessions in; '' when there is none. */
export function sessionText({ cookie }: Document): string {
  return /(?:^|; )attune_session=([^;]*)/.exec(cookie)?.[1] ?? ''
}
