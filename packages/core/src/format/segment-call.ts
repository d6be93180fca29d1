import { isObject } from '../result/json.ts'
import type { SegmentCall } from './segment.ts'

type Members = { readonly [name: string]: unknown }

/**
 * Makes the message that a call of `analytics.js` stands for: `track(event, properties)`, `page(category, name, properties)`,
 * `identify(userId, traits)`, `group(groupId, traits)`, each also with one object, as servers call it. Source: Segment, Spec.
 */
export function messageOfCall(call: SegmentCall, args: readonly unknown[]): Members {
  const [first, second] = args
  switch (call) {
    case 'track':
      return isObject(first) ? { ...first, type: call } : { type: call, event: first, properties: second }
    case 'page':
    case 'screen':
      return { type: call, ...namesOf(args), properties: args.find(isObject) }
    case 'identify':
      return isWhole(first, 'traits') ? { ...first, type: call } : { type: call, traits: args.find(isObject) }
    case 'group':
      if (isWhole(first, 'groupId')) return { ...first, type: call }
      return { type: call, groupId: isObject(first) ? undefined : first, traits: args.find(isObject) }
    case 'alias':
      return { type: call, userId: first, previousId: second }
  }
}

// With one text it is the name, with two the category stands first.
function namesOf(args: readonly unknown[]): Members {
  const [first, second] = args
  if (typeof first !== 'string') return {}
  return typeof second === 'string' ? { category: first, name: second } : { name: first }
}

function isWhole(value: unknown, member: string): value is Members {
  return isObject(value) && Object.hasOwn(value, member)
}
