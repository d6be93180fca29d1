import { showVariants } from '@attune/next/wordpress'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Article } from '../../components/article.tsx'
import { type PathParams, toAddress } from '../../lib/address.ts'
import { findPage, type Page } from '../../lib/find-page.ts'

type Props = { readonly params: Promise<PathParams> }

/** A page without placements; any page while the ruleset cannot be had. Placements show their defaults. */
export default async function PlainPage({ params }: Props): Promise<ReactNode> {
  const page = await find(params)
  if (page === undefined) notFound()
  return <Article title={page.title} content={showVariants(page.content, [], {})} />
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await find(params))?.title }
}

async function find(params: Promise<PathParams>): Promise<Page | undefined> {
  // Anybody may ask for any address: rendered when asked for, from answers that are kept, so that no 404 is kept.
  await connection()
  return findPage(toAddress(await params))
}
