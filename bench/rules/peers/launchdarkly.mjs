import { init } from '@launchdarkly/node-server-sdk'
import integrations from '@launchdarkly/node-server-sdk/integrations'
import { toTerms } from '../terms.mjs'
import { flatName } from '../workload.mjs'

const OPERATORS = {
  is: 'in',
  isNot: 'in',
  in: 'in',
  notIn: 'in',
  atLeast: 'greaterThanOrEqual',
  moreThan: 'greaterThan',
  lessThan: 'lessThan',
  atMost: 'lessThanOrEqual',
  contains: 'contains',
  containsNot: 'contains',
  has: 'in',
  hasNot: 'in',
}
const SILENT = { error() {}, warn() {}, info() {}, debug() {} }

export const peers = [
  {
    name: 'LaunchDarkly allFlagsState',
    prepare: (visitor) => ({ kind: 'user', key: 'visitor', ...visitor }),
    create: async (segments) => {
      const data = new integrations.TestData()
      for (const flag of segments.map(toFlag)) await data.usePreconfiguredFlag(flag)
      const options = {
        updateProcessor: data.getFactory(),
        sendEvents: false,
        diagnosticOptOut: true,
        logger: SILENT,
      }
      const client = init('sdk-key', options)
      await client.waitForInitialization({ timeout: 10 })
      const keys = segments.map((_, at) => `segment-${at}`)
      const run = async (visitor, out) => {
        const state = (await client.allFlagsState(visitor)).allValues()
        for (let at = 0; at < keys.length; at++) out[at] = state[keys[at]] === true ? 1 : 0
      }
      run.close = () => client.close()
      return run
    },
  },
]

function toFlag(segment, at) {
  return {
    key: `segment-${at}`,
    version: 1,
    on: true,
    variations: [false, true],
    offVariation: 0,
    fallthrough: { variation: 0 },
    targets: [],
    prerequisites: [],
    salt: 'salt',
    rules: toTerms(segment).map((term, rule) => ({
      id: `rule-${rule}`,
      variation: 1,
      clauses: term.map(toClause),
    })),
  }
}

function toClause({ path, op, value }) {
  return {
    contextKind: 'user',
    attribute: flatName(path),
    op: OPERATORS[op],
    negate: /Not$|^not/.test(op),
    values: [value].flat(),
  }
}
