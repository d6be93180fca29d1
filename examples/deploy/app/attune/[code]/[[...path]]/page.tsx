import { createDecisionReader } from '@attune/next/page'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { showPage } from '../../../../components/site.tsx'
import { type PathParams, publicPath } from '../../../../lib/public-path.ts'
import { openRuleset } from '../../../../lib/ruleset.ts'

type Props = { readonly params: Promise<PathParams & { readonly code: string }> }

const readDecisions = createDecisionReader({ ruleset: openRuleset, secret: process.env.ATTUNE_SECRET })

// One page for each code.
export const dynamic = 'force-static'
export const generateStaticParams = () => []

/** What everybody with the same decisions sees. */
export default async function VariantPage({ params }: Props): Promise<ReactNode> {
  const { code, ...rest } = await params
  const path = publicPath(rest)
  const decisions = await readDecisions(path, code)
  return (decisions && showPage({ path, decisions })) ?? notFound()
}
