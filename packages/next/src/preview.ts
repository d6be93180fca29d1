export { createExplainRoute, type ExplainRoute, type ExplainRouteOptions } from './preview/explain-route.ts'
export { createPreviewLink, type PreviewLinkOptions } from './preview/preview-link.ts'
export { createPreviewRoute, type PreviewRoute, type PreviewRouteOptions } from './preview/preview-route.ts'
