export {
  type ConsentRoute,
  type ConsentRouteOptions,
  createConsentRoute,
} from './consent/create-consent-route.ts'
export { createGpcRoute, type GpcRoute } from './consent/create-gpc-route.ts'
