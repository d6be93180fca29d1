import { IDENTIFY, type Ruleset } from '@attune/core'
import { messageOfCall, readSegment, SEGMENT_CALLS } from '@attune/core/formats'
import { createCollector, createFormats } from '../../src/index.ts'
import { makeStore, SECRET } from '../builders.ts'
import { WRITE_KEY } from './make-formats.ts'

/** One example of Segment's documentation: a message, or a call of analytics.js. */
export type Example =
  | { readonly form: 'payload'; readonly payload: unknown }
  | { readonly form: 'call'; readonly method: string; readonly args: readonly unknown[] }

/** What became of an example: the name it was kept under, or why it was refused. */
export interface Tried {
  readonly said: string
  readonly name: string | undefined
  readonly reason: string | undefined
}

/** Sends each example over HTTP to a collector whose ruleset declares what the specification speaks of. Documented times are long ago: they are left out. */
export async function trySegmentEvents(examples: readonly Example[]): Promise<readonly Tried[]> {
  const messages = examples.map(toMessage)
  const collector = createCollector({ ruleset: rulesetOf(messages), secret: SECRET, store: makeStore() })
  const { handle } = createFormats({
    collector,
    writeKeys: [WRITE_KEY],
    consent: () => ({ preferences: true }),
  })
  const tried: Tried[] = []
  for (const [index, message] of messages.entries()) {
    const request = new Request('https://shop.example/v1/batch', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` },
      body: JSON.stringify({ batch: [{ ...message, messageId: `example-${index}`, anonymousId: 'a' }] }),
    })
    const { accepted, rejected } = (await (await handle(request)).json()) as Answer
    const read = readSegment(message)
    const name = accepted === 1 && 'name' in read ? read.name : undefined
    tried.push({ said: saidOf(message), name, reason: rejected[0]?.reason })
  }
  return tried
}

interface Answer {
  readonly accepted: number
  readonly rejected: readonly { readonly reason: string }[]
}

type Message = { readonly [name: string]: unknown }

function toMessage(example: Example): Message {
  const message =
    example.form === 'payload' ? (example.payload as Message) : toCall(example.method, example.args)
  const { timestamp, originalTimestamp, sentAt, ...rest } = message
  return rest
}

function toCall(method: string, args: readonly unknown[]): Message {
  const call = SEGMENT_CALLS.find((name) => name === method)
  return call === undefined ? { type: method } : messageOfCall(call, args)
}

// `identify` is built in; what it tells is declared trait by trait.
function rulesetOf(messages: readonly Message[]): Ruleset {
  const heard = messages
    .map((message) => readSegment(message))
    .flatMap((read) => ('name' in read ? [read] : []))
  const told = heard.flatMap(({ name, properties }) => (name === IDENTIFY ? Object.entries(properties) : []))
  const names = heard.map(({ name }) => name).filter((name) => name !== IDENTIFY)
  return {
    version: 1,
    revision: 'r',
    events: Object.fromEntries(names.map((name) => [name, {}])),
    traits: Object.fromEntries(told.map(([name, value]) => [name, { type: typeOf(value) }])),
  }
}

function typeOf(value: string | number | boolean): 'string' | 'number' | 'boolean' {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string'
}

function saidOf({ type, action, event, name }: Message): string {
  return [type ?? action, event ?? name].filter((word) => typeof word === 'string').join(' ') || 'no call'
}
