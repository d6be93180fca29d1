import { createPreviewRoute } from '@attune/next/preview'

export const { GET, POST } = createPreviewRoute({ secret: process.env.ATTUNE_SECRET })
