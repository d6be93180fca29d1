import type { ReactNode } from 'react'

/** A page of WordPress. What its editors may write, WordPress has settled: the front takes it as it is. */
export function Article({ title, content }: { readonly title: string; readonly content: string }): ReactNode {
  return (
    <article>
      <h1>{title}</h1>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: HTML of our own WordPress, cleaned there */}
      <div className="content" dangerouslySetInnerHTML={{ __html: content }} />
    </article>
  )
}
