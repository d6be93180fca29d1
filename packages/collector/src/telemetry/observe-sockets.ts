import type { MetricSink, MetricSpec } from '@attune/storage/telemetry'

/** Sockets that are open. */
export const SOCKETS_OPEN: MetricSpec = {
  name: 'attune.sockets',
  kind: 'gauge',
  unit: '{socket}',
  description: 'Sockets that are open.',
  attributes: {},
}

/** Messages that came over sockets. */
export const SOCKET_MESSAGES: MetricSpec = {
  name: 'attune.socket.messages',
  kind: 'sum',
  unit: '{message}',
  description: 'Messages that came over sockets; what became of their batches is told with those of HTTP.',
  attributes: {},
}

/** Sockets that never began. */
export const SOCKETS_REFUSED: MetricSpec = {
  name: 'attune.socket.refused',
  kind: 'sum',
  unit: '{socket}',
  description: 'Sockets that were asked for and never began, by reason.',
  attributes: { 'error.type': ['origin', 'request', 'address', 'full', 'stopping'] },
}

/** Sockets that the server ended. */
export const SOCKETS_CUT: MetricSpec = {
  name: 'attune.socket.cut',
  kind: 'sum',
  unit: '{socket}',
  description: 'Sockets that the server ended, by reason.',
  attributes: {
    'error.type': [
      'ticket',
      'malformed',
      'cookies',
      'binary',
      'too-large',
      'protocol',
      'slow',
      'silent',
      'stopping',
    ],
  },
}

type Counts = { readonly [reason: string]: number }

/** What is told of: `createSockets` of `@attune/collector/socket`. */
export interface ObservedSockets {
  state(): {
    readonly open: number
    readonly messages: number
    readonly refused: Counts
    readonly cut: Counts
  }
}

/** Tells of sockets whenever somebody looks: how many are open, how many messages came, what was refused or cut, and why. */
export function observeSockets(
  sockets: ObservedSockets,
  {
    meter,
  }: {
    readonly meter: Pick<
      MetricSink,
      'createObservableGauge' | 'createObservableCounter' | 'addBatchObservableCallback'
    >
  },
): void {
  const { name, unit, description } = SOCKETS_OPEN
  const open = meter.createObservableGauge(name, { unit, description })
  const sum = ({ name, unit, description }: MetricSpec) =>
    meter.createObservableCounter(name, { unit, description })
  const messages = sum(SOCKET_MESSAGES)
  const refused = sum(SOCKETS_REFUSED)
  const cut = sum(SOCKETS_CUT)
  meter.addBatchObservableCallback(
    (result) => {
      const state = sockets.state()
      result.observe(open, state.open)
      result.observe(messages, state.messages)
      for (const [reason, count] of Object.entries(state.refused))
        result.observe(refused, count, { 'error.type': reason })
      for (const [reason, count] of Object.entries(state.cut))
        result.observe(cut, count, { 'error.type': reason })
    },
    [open, messages, refused, cut],
  )
}
