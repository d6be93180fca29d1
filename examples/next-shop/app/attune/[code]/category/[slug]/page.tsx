import { Placement } from '@attune/next/page'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CategoryPage } from '../../../../../components/pages/category-page.tsx'
import { announcement } from '../../../../../components/placements/announcement.tsx'
import { cartReminder } from '../../../../../components/placements/cart-reminder.tsx'
import { categories, findCategory } from '../../../../../lib/catalog.ts'
import { staticParams, variantPage } from '../../../variant-pages.ts'

type Params = { readonly slug: string }

export const generateStaticParams = staticParams('/category/[slug]', () =>
  categories.map(({ slug }) => ({ slug })),
)

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const category = findCategory((await params).slug)
  return category ? { title: category.name, description: category.line } : {}
}

export default variantPage<Params>('/category/[slug]', ({ params, decisions }) => {
  const category = findCategory(params.slug)
  if (!category) notFound()
  return (
    <CategoryPage
      category={category}
      announcement={<Placement id="announcement" variants={announcement} decisions={decisions} />}
      bar={<Placement id="cart-reminder" variants={cartReminder} decisions={decisions} />}
    />
  )
})
