export { type AskedPurpose, ConsentBanner, type ConsentBannerProps } from './consent/consent-banner.tsx'
export {
  PreferenceCentre,
  type PreferenceCentreProps,
  type PreferenceQuestion,
} from './consent/preference-centre.tsx'
