import { isPurpose } from '@attune/core'
import type { LastAnswer, SharedAnswers } from '../consent/shared-answers.ts'
import { TELL_ANSWER } from './answer-scripts.ts'
import type { RedisCommands } from './redis-commands.ts'
import { storeKeys } from './store-keys.ts'

/** What shared answers may be told, whichever way the Redis is reached. */
export interface SharedAnswersSettings {
  /** The site whose they are, as its store names it. Default `default`. */
  readonly site?: string | undefined
  /** Milliseconds after which an answer is forgotten, which nobody gives again: then nothing is granted. Default 400 days, as long as a browser keeps a cookie. */
  readonly expiry?: number | undefined
}

const DAY = 86_400_000

/** Keeps the last answer of each visitor in a Redis. */
export function createSharedAnswers(
  commands: RedisCommands,
  { site = 'default', expiry = 400 * DAY }: SharedAnswersSettings,
): SharedAnswers {
  const keys = storeKeys(site)
  const write = async (
    places: readonly string[],
    { time, granted }: LastAnswer,
    when: 'now' | 'late' | 'again',
  ): Promise<void> => {
    await commands.run(TELL_ANSWER, places, [time, granted.join('.'), when, expiry])
  }
  const newest = async (names: readonly string[]): Promise<LastAnswer | undefined> => {
    const texts = await Promise.all(names.map((name) => commands.send(name, ['GET', name])))
    const answers = texts.flatMap((text) => (typeof text === 'string' ? [readAnswer(text)] : []))
    return answers.sort((one, other) => other.time - one.time)[0]
  }
  const keysOf = (one: string): readonly string[] => [keys.answer(one).answer, keys.answer(one).before]
  const read = (pseudonyms: readonly string[]): Promise<LastAnswer | undefined> =>
    newest(pseudonyms.flatMap(keysOf))
  const forget = async (pseudonyms: readonly string[]): Promise<void> => {
    await Promise.all(pseudonyms.flatMap(keysOf).map((key) => commands.send(key, ['UNLINK', key])))
  }
  return {
    tell: (pseudonym, answer) => write(keysOf(pseudonym), answer, 'now'),
    tellLate: (pseudonym, answer) => write([keys.answer(pseudonym).answer], answer, 'late'),
    tellAgain: (pseudonym, answer) => write(keysOf(pseudonym), answer, 'again'),
    absorb: async (from, into) => {
      const others = from.filter((one) => one !== into)
      const answer = await read(others)
      if (answer === undefined) return
      await write([keys.answer(into).before], answer, 'late')
      // Whoever erases the account does not know these any more.
      await forget(others)
    },
    read,
    forget,
    toldBy: async (machine) => Number(await commands.send(keys.told, ['HGET', keys.told, machine])),
    noteTold: async (machine, id) => {
      await commands.send(keys.told, ['HSET', keys.told, machine, id])
    },
    close: () => commands.close(),
  }
}

// Written by the script: `1700000000000 preferences.statistics`.
function readAnswer(text: string): LastAnswer {
  const [time, words = ''] = text.split(' ')
  return { time: Number(time), granted: words.split('.').filter(isPurpose) }
}
