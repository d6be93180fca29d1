import { collector } from '../collector.ts'

// Asked by a WordPress of the same site, signed with the shared secret.
export const { GET } = collector
