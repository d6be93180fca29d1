export {
  createIdentity,
  type SignInOutcome,
  type SiteIdentity,
  type SiteIdentityOptions,
} from './identity/create-identity.ts'
