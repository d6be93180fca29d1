export {
  followGoogle,
  GOOGLE_SIGNALS,
  type GoogleOptions,
  type GoogleSignal,
  grantedByGoogle,
} from './consent/follow/follow-google.ts'
export { tellGoogle } from './consent/tell-google.ts'
