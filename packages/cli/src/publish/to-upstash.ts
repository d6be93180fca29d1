import { writeUpstashRuleset } from '@attune/storage/ruleset-upstash'
import { textOption } from '../command.ts'
import { requireSecret } from '../options/read-secret.ts'
import { countOf } from '../terminal/format.ts'
import { printable } from '../terminal/style.ts'
import { sizeOf, type Target } from './publication.ts'
import { requireVariable } from './require-variable.ts'
import { DEFAULT_KEY } from './stored-key.ts'

/** Puts it below a key of the Upstash database at UPSTASH_REDIS_REST_URL. */
export const toUpstash: Target = {
  options: ['key'],
  async publish({ text }, call, io) {
    const secret = requireSecret(io.env, 'sign the ruleset')
    const url = requireVariable(io.env, 'UPSTASH_REDIS_REST_URL', 'the REST address of the database')
    const token = requireVariable(io.env, 'UPSTASH_REDIS_REST_TOKEN', 'a token that may write')
    const key = textOption(call, 'key') ?? DEFAULT_KEY
    await writeUpstashRuleset(text, { url, token, key, secret })
    return `the key ${printable(key)} of Upstash: ${countOf(sizeOf(text), 'byte')}`
  },
}
