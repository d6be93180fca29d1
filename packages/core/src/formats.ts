export { type FlatProperties, flatten } from './format/flat.ts'
export { flattenGa4, GA4_EVENTS, GA4_SHOP_EVENTS } from './format/ga4.ts'
export {
  type ForeignEvent,
  type ForeignRefusal,
  isSelfDescribing,
  readSegment,
  SEGMENT_CALLS,
  SELF_DESCRIBING,
  type SegmentCall,
  toEventName,
} from './format/segment.ts'
export { messageOfCall } from './format/segment-call.ts'
