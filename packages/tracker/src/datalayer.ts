export { type DataLayerOptions, followDataLayer } from './bridges/follow-data-layer.ts'
export type { Hear } from './bridges/tell.ts'
