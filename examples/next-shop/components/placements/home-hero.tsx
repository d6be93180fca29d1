import Link from 'next/link'
import type { ReactNode } from 'react'
import { ArrowIcon } from '../icons.tsx'
import { Picture } from '../picture.tsx'

type HeroProps = {
  readonly scene: string
  readonly kicker: string
  readonly title: string
  readonly text: string
  readonly href: string
  readonly link: string
}

function Hero({ scene, kicker, title, text, href, link }: HeroProps) {
  return (
    <section className="hero" aria-labelledby="hero-title">
      <Picture src={`/scenes/${scene}.svg`} alt="" size={[1600, 900]} first />
      <Link className="hero-link" href={href} data-attune-click="hero-link">
        {link}
        <ArrowIcon />
      </Link>
      <div className="wrap hero-text">
        <p className="kicker">{kicker}</p>
        <h1 id="hero-title">{title}</h1>
        <p>{text}</p>
      </div>
    </section>
  )
}

function DefaultHero() {
  return (
    <Hero
      scene="fjord"
      kicker="Kendal & Bergen, since 1987"
      title="Gear for the long way round"
      text="Boots, ropes, tents and bikes that we use ourselves, and repair when you have used them."
      href="/guides/layering-for-hill-days"
      link="How to dress for a hill day"
    />
  )
}

function HikingHero() {
  return (
    <Hero
      scene="hiking"
      kicker="Hiking"
      title="Over the tops before breakfast"
      text="Boots that need no breaking in, shells for sideways rain, and a flask for the summit."
      href="/category/hiking"
      link="All hiking gear"
    />
  )
}

function ClimbingHero() {
  return (
    <Hero
      scene="climbing"
      kicker="Climbing"
      title="Good rubber, sound rope, clear head"
      text="Everything between you and the crag, checked by hand in our Sheffield workshop."
      href="/category/climbing"
      link="All climbing gear"
    />
  )
}

function CampingHero() {
  return (
    <Hero
      scene="camping"
      kicker="Camping"
      title="A thousand stars, one small tent"
      text="Shelter, warmth and something hot to drink: light to carry and kind to your back."
      href="/category/camping"
      link="All camping gear"
    />
  )
}

function CyclingHero() {
  return (
    <Hero
      scene="cycling"
      kicker="Cycling"
      title="Lanes, passes and the gravel between"
      text="Steel bikes built by one pair of hands, and luggage for three days of weather."
      href="/category/cycling"
      link="All cycling gear"
    />
  )
}

/** The home page's opening, by the department that interests the visitor most. All are equally tall. */
export const homeHero: Record<string, ReactNode> = {
  default: <DefaultHero />,
  hiking: <HikingHero />,
  climbing: <ClimbingHero />,
  camping: <CampingHero />,
  cycling: <CyclingHero />,
}
