import { type Mock, vi } from 'vitest'
import {
  createRulesetSource,
  type Found,
  type RulesetSource,
  type SourceOptions,
} from '../../src/ruleset-source.ts'
import { makeText } from './make-published.ts'

/** What a source of a test holds. */
export interface Held {
  /** Milliseconds; moves only by hand. */
  now: number
  answer: (signal: AbortSignal) => Promise<Found>
  /** The versions that were known when it was asked. */
  readonly asked: (string | undefined)[]
  readonly put: (revision: string) => void
  readonly fail: (message?: string) => void
  readonly hang: () => void
}

export interface MadeHeld {
  readonly held: Held
  readonly source: RulesetSource
  readonly onError: Mock
  /** Of the ruleset in force. */
  readonly revision: () => Promise<string>
}

/** A source of a test: what it holds, a clock that stands still, no jitter, and how often it was asked. */
export function makeHeld(options: SourceOptions = {}): MadeHeld {
  const held: Held = {
    now: 0,
    answer: async () => ({ text: makeText('r1'), version: 'r1' }),
    asked: [],
    put: (revision) => {
      held.answer = async () => ({ text: makeText(revision), version: revision })
    },
    fail: (message = 'the line is dead') => {
      held.answer = async () => {
        throw new Error(message)
      }
    },
    hang: () => {
      held.answer = () => new Promise(() => {})
    },
  }
  const onError = vi.fn()
  const source = createRulesetSource(
    'the test',
    async (known, signal) => {
      held.asked.push(known)
      const found = await held.answer(signal)
      return found.version === known ? undefined : found
    },
    { clock: () => held.now, random: () => 0.5, onError, ...options },
  )
  return { held, source, onError, revision: async () => (await source.load()).revision }
}
