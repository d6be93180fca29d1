/**
 * When servers say that whoever was here went for good, milliseconds since 1970: by a sign-out, a logout or an erasure. Nothing when
 * nobody did; a cookie that is merely lost says nothing of who is here.
 */
export function whoWent({ cookie }: Document): readonly string[] {
  return (cookie.match(/attune_gone=\d+/g) ?? []).map((pair) => pair.slice('attune_gone='.length))
}

/** Whether one of them was not heeded yet; `heeded` is what was kept of those that were. */
export function isUnheeded(went: readonly string[], heeded: string | null): boolean {
  return went.some((time) => !heeded?.includes(time))
}
