import { isObject, own } from '../result/json.ts'
import { type FlatProperties, flatten } from './flat.ts'
import { flattenGa4 } from './ga4.ts'
import { flattenShop, SEGMENT_NAMES } from './segment-names.ts'

/** A call of Segment's specification. Source: Segment, Spec. */
export const SEGMENT_CALLS = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const
/** One of them. */
export type SegmentCall = (typeof SEGMENT_CALLS)[number]

/** What a message of Segment's says in our words. */
export interface ForeignEvent {
  readonly name: string
  readonly properties: FlatProperties
}

/** Why a message is not taken: the name of the reason, and one sentence with the cure. */
export interface ForeignRefusal {
  readonly reason: 'self-describing' | 'no-call' | 'alias' | 'no-name' | 'name'
  readonly message: string
}

type Members = { readonly [name: string]: unknown }

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** Reads a message of Segment's specification as an event of ours; `call` when the address or the method says what it is. */
export function readSegment(message: unknown, call?: SegmentCall): ForeignEvent | ForeignRefusal {
  if (!isObject(message)) return NO_CALL
  if (isSelfDescribing(message)) return SELF_DESCRIBING
  switch (call ?? own(message, 'type') ?? own(message, 'action')) {
    case 'track':
      return readTrack(own(message, 'event'), membersOf(message, 'properties'))
    case 'page':
      return readPage(message)
    case 'screen':
      return readScreen(message)
    case 'identify':
      return { name: 'identify', properties: flatten(withLists(withoutName(membersOf(message, 'traits')))) }
    case 'group': {
      const properties = flatten({ group_id: own(message, 'groupId') }, membersOf(message, 'traits'))
      return { name: 'join_group', properties }
    }
    case 'alias':
      return ALIAS
    default:
      return NO_CALL
  }
}

/** Tells whether a message is a self-describing event, as Snowplow's trackers make them: its meaning stands in a schema elsewhere. */
export function isSelfDescribing(message: Members): boolean {
  const schema = own(message, 'schema') ?? own(message, '$schema')
  return typeof schema === 'string' && schema.startsWith('iglu:')
}

/** Why self-describing events are refused. */
export const SELF_DESCRIBING: ForeignRefusal = {
  reason: 'self-describing',
  message:
    'A self-describing event (iglu:…) means what a schema elsewhere says, which is not fetched. Send the event by its GA4 name with flat properties.',
}

/** Makes a name of ours of what people called an event: `Product Added` → `product_added`. */
export function toEventName(text: string): string {
  return text
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase()
}

function readTrack(event: unknown, properties: Members): ForeignEvent | ForeignRefusal {
  if (typeof event !== 'string' || event.trim() === '') return NO_NAME
  const spoken = toEventName(event)
  const name = own(SEGMENT_NAMES, spoken) ?? spoken
  if (!NAME.test(name)) return BAD_NAME
  return { name, properties: flattenGa4(flattenShop(name, properties)) }
}

function readPage(message: Members): ForeignEvent {
  const properties = membersOf(message, 'properties')
  const page = membersOf(membersOf(message, 'context'), 'page')
  const told = (name: string): unknown => own(properties, name) ?? own(page, name)
  return {
    name: 'page_view',
    properties: flatten({
      page_path: told('path'),
      page_title: told('title') ?? own(message, 'name'),
      page_location: told('url'),
      page_referrer: told('referrer'),
      page_category: own(message, 'category') ?? own(properties, 'category'),
    }),
  }
}

function readScreen(message: Members): ForeignEvent {
  const properties = membersOf(message, 'properties')
  const screen = { screen_name: own(message, 'name') ?? own(properties, 'name') }
  return { name: 'screen_view', properties: flatten(screen, withoutName(properties)) }
}

// Of a person it names them, of a screen it stands there already.
function withoutName({ name: _, ...rest }: Members): Members {
  return rest
}

// A list of text goes along as the text of a JSON list, as pages write it.
function withLists(traits: Members): Members {
  const isText = (item: unknown) => typeof item === 'string'
  const written = Object.entries(traits).map(([name, value]) => [
    name,
    Array.isArray(value) && value.every(isText) ? JSON.stringify(value) : value,
  ])
  return Object.fromEntries(written)
}

function membersOf(value: Members, name: string): Members {
  const members = own(value, name)
  return isObject(members) ? members : {}
}

const NO_CALL: ForeignRefusal = {
  reason: 'no-call',
  message: `This is no call. Send an object whose type is ${SEGMENT_CALLS.join(', ')}.`,
}
const NO_NAME: ForeignRefusal = { reason: 'no-name', message: 'A track call has no event. Name it.' }
const BAD_NAME: ForeignRefusal = {
  reason: 'name',
  message: 'An event’s name begins with a letter and has at most 64 letters, digits and _. Rename it.',
}
const ALIAS: ForeignRefusal = {
  reason: 'alias',
  message: 'Visitors are not joined on the word of a page. Merge them where they sign in.',
}
