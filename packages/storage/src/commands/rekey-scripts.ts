import type { RedisScript } from './redis-commands.ts'

/**
 * Drops what stands where a visitor was: a marker, or a tombstone. Keys: profile, recent, settled. Arguments: its field, and what the field says. Answers 0,
 * and drops nothing, when it says something else, or more is there: a marker of one that is still on its way, or somebody who came back.
 */
export const DROP: RedisScript = {
  sha: '44216a1d8927ba55548bddeef03e7f74fd6c4044',
  source: `if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if redis.call('HEXISTS', KEYS[1], 'version') == 1 or redis.call('HEXISTS', KEYS[1], 'frozen') == 1 then return 0 end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return 1`,
}

/**
 * Tells a visitor under which other name one stands now that was merged into it. Keys: profile. Arguments: the name of before, and the one of now: empty
 * of one that is known by that name already, or is this visitor itself; and when that one was merged, as it was read: of another merge, which may be under
 * way, nothing is changed. A note of one that is yet to be merged goes: whoever is merging will leave another one.
 */
export const RENAME_ABSORBED: RedisScript = {
  sha: '2b0c915e9b6377b597b320c4835136a9cddc0099',
  source: `local field = 'absorbed:' .. ARGV[1]
local at = redis.call('HGET', KEYS[1], field)
if at ~= ARGV[3] then return 0 end
if at ~= '' and ARGV[2] ~= '' then redis.call('HSETNX', KEYS[1], 'absorbed:' .. ARGV[2], at) end
redis.call('HDEL', KEYS[1], field)
return 1`,
}

/** Puts one text of a list in the place of another. Keys: the list. Arguments: the text of before, the one of now. Answers 0 when it is not there any more. */
export const REPLACE_TEXT: RedisScript = {
  sha: 'a15ff25720021842f1d862ae6528fcf23f3dac65',
  source: `local at = redis.call('LPOS', KEYS[1], ARGV[1])
if not at then return 0 end
redis.call('LSET', KEYS[1], at, ARGV[2])
return 1`,
}

/**
 * Takes a marker away, so that whoever it stands for may be there again. Keys: profile. Arguments: whom it leads to. Answers 0, and changes nothing, when it
 * leads to somebody else, or something is still on its way.
 */
export const UNMARK: RedisScript = {
  sha: '5da87f6c34414c0119ed13383d1b4d7998857fb5',
  source: `local into = redis.call('HGET', KEYS[1], 'moved')
if into ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'frozen') == 1 then return 0 end
redis.call('HDEL', KEYS[1], 'moved', 'movedAt')
return 1`,
}
