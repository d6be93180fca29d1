import { createGpcRoute } from '@attune/next/consent-route'

export const { GET } = createGpcRoute({ lastUpdate: '2026-11-22' })
