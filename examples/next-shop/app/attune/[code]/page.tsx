import { Placement } from '@attune/next/page'
import { HomePage } from '../../../components/pages/home-page.tsx'
import { announcement } from '../../../components/placements/announcement.tsx'
import { cartReminder } from '../../../components/placements/cart-reminder.tsx'
import { heroCta } from '../../../components/placements/hero-cta.tsx'
import { homeHero } from '../../../components/placements/home-hero.tsx'
import { offer } from '../../../components/placements/offer.tsx'
import { productRail } from '../../../components/placements/product-rail.tsx'
import { staticParams, variantPage } from '../variant-pages.ts'

export const generateStaticParams = staticParams('/')

export default variantPage('/', ({ decisions }) => (
  <HomePage
    announcement={<Placement id="announcement" variants={announcement} decisions={decisions} />}
    bar={<Placement id="cart-reminder" variants={cartReminder} decisions={decisions} />}
    hero={<Placement id="home-hero" variants={homeHero} decisions={decisions} />}
    cta={<Placement id="hero-cta" variants={heroCta} decisions={decisions} />}
    offer={<Placement id="offer" variants={offer} decisions={decisions} />}
    rail={<Placement id="product-rail" variants={productRail} decisions={decisions} />}
  />
))
