import { FlagdCore } from '@openfeature/flagd-core'
import { toJsonLogic } from './json-logic.mjs'

const SILENT = { error() {}, warn() {}, info() {}, debug() {} }

export const peers = [
  {
    name: 'flagd-core resolveAll, interpreted',
    create: (segments) => {
      const core = new FlagdCore(undefined, SILENT, { disableDynamicCodeGeneration: true })
      const flags = segments.map((segment, at) => [
        `segment-${at}`,
        {
          state: 'ENABLED',
          variants: { on: true, off: false },
          defaultVariant: 'off',
          targeting: { if: [toJsonLogic(segment), 'on', 'off'] },
        },
      ])
      core.setConfigurations(JSON.stringify({ flags: Object.fromEntries(flags) }))
      const places = new Map(segments.map((_, at) => [`segment-${at}`, at]))
      return (visitor, out) => {
        for (const { flagKey, value } of core.resolveAll(visitor)) out[places.get(flagKey)] = value ? 1 : 0
      }
    },
  },
]
