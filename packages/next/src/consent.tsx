export { type AskedPurpose, ConsentBanner, type ConsentBannerProps } from './consent/consent-banner.tsx'
