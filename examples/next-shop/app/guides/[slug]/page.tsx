import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { LayeringGuide } from '../../../components/guides/layering.tsx'
import { WarmNightGuide } from '../../../components/guides/warm-night.tsx'
import { Picture } from '../../../components/picture.tsx'
import { DayAnnouncement } from '../../../components/placements/announcement.tsx'
import { ProductCard } from '../../../components/product-card.tsx'
import { Shell } from '../../../components/shell.tsx'
import { findProduct } from '../../../lib/catalog.ts'
import { findGuide, type Guide, guides } from '../../../lib/guides.ts'

type Props = { readonly params: Promise<{ slug: string }> }

const texts: Record<Guide['slug'], ReactNode> = {
  'layering-for-hill-days': <LayeringGuide />,
  'a-warm-night-out': <WarmNightGuide />,
}

export const dynamicParams = false

export function generateStaticParams(): { slug: string }[] {
  return guides.map(({ slug }) => ({ slug }))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const guide = findGuide((await params).slug)
  return guide ? { title: guide.title, description: guide.summary } : {}
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const guide = findGuide((await params).slug)
  if (!guide) notFound()
  return (
    <Shell announcement={<DayAnnouncement />}>
      <article className="article">
        <header className="wrap">
          <p className="kicker">Guide, {guide.minutes} minutes</p>
          <h1>{guide.title}</h1>
          <p className="byline">By {guide.author}, Fell &amp; Fjord</p>
        </header>
        <Picture
          className="article-picture"
          src={`/scenes/${guide.scene}.svg`}
          alt={guide.picture}
          size={[1600, 900]}
          first
        />
        <div className="article-text">{texts[guide.slug]}</div>
      </article>
      <section className="wrap rail" aria-labelledby="kit-title">
        <div className="section-head">
          <h2 id="kit-title">What the article speaks of</h2>
        </div>
        <ul className="rail-list">
          {guide.kit.map((id) => {
            const product = findProduct(id)
            return product ? (
              <li key={id}>
                <ProductCard product={product} />
              </li>
            ) : null
          })}
        </ul>
      </section>
    </Shell>
  )
}
