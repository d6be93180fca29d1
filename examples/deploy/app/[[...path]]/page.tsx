import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { showPage } from '../../components/site.tsx'
import { type PathParams, publicPath } from '../../lib/public-path.ts'

type Props = { readonly params: Promise<PathParams> }

/** A page without placements; any page while the ruleset cannot be had. */
export default async function PlainPage({ params }: Props): Promise<ReactNode> {
  // Rendered when asked for: anybody may ask for any address, and no 404 is kept.
  await connection()
  return showPage({ path: publicPath(await params) }) ?? notFound()
}
