import { createDecisionReader } from '@attune/next/page'
import { showVariants } from '@attune/next/wordpress'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Article } from '../../../../components/article.tsx'
import { type PathParams, toAddress } from '../../../../lib/address.ts'
import { findPage } from '../../../../lib/find-page.ts'
import { openRuleset } from '../../../../lib/ruleset.ts'

type Props = { readonly params: Promise<PathParams & { readonly code: string }> }

const readDecisions = createDecisionReader({ ruleset: openRuleset, secret: process.env.ATTUNE_SECRET })

// One page for each code, kept until WordPress says that something changed.
export const dynamic = 'force-static'
export const generateStaticParams = () => []

/** What everybody with the same decisions sees. */
export default async function VariantPage({ params }: Props): Promise<ReactNode> {
  const { code, ...rest } = await params
  const address = toAddress(rest)
  const decisions = await readDecisions(address, code)
  if (decisions === undefined) notFound()
  const page = await findPage(address)
  if (page === undefined) notFound()
  return <Article title={page.title} content={showVariants(page.content, page.placements, decisions)} />
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findPage(toAddress(await params)))?.title }
}
