import { READ_ROW } from './read-row.ts'
import type { RedisScript } from './redis-commands.ts'

// Two visitors lie on two nodes of a cluster, and no script spans them: these are the steps, each of one visitor, each of which may be done again. The
// field `moved` of a profile key says whom a visitor was merged into; while `frozen` stands beside it, what is kept of it is on its way there.

/**
 * Notes at a visitor that another one is to be merged into it, or was. Keys: profile. Arguments: the other one, milliseconds to expiry, when (empty:
 * it is yet to be). Answers `erased`, or `moved` and whom to, or `noted`.
 */
export const NOTE: RedisScript = {
  sha: '21b917028505c7f371fe3a3d0b1e7b46bf60caf6',
  source: `if redis.call('HEXISTS', KEYS[1], 'erased') == 1 then return { 'erased' } end
local into = redis.call('HGET', KEYS[1], 'moved')
if into then return { 'moved', into } end
local field = 'absorbed:' .. ARGV[1]
if ARGV[3] ~= '' or redis.call('HEXISTS', KEYS[1], field) == 0 then redis.call('HSET', KEYS[1], field, ARGV[3]) end
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return { 'noted' }`,
}

/** Takes back a note of a merge that is not to be. Keys: profile. Arguments: the other visitor. */
export const UNNOTE: RedisScript = {
  sha: '39b61027eded25ad977742644bf97ef6e935eac3',
  source: `local field = 'absorbed:' .. ARGV[1]
if redis.call('HGET', KEYS[1], field) == '' then redis.call('HDEL', KEYS[1], field) end
return 1`,
}

/**
 * Freezes a visitor that is to be merged into another one: nothing can be appended from then on. Keys: profile. Arguments: the other one, when,
 * milliseconds to expiry, and `1` when a note of the other one does not bind this one. Answers `erased`, or `circle` while a note that binds says that the
 * other one is to be merged into this one, or `moved` and whom to: the other one unless it was merged before.
 */
export const FREEZE: RedisScript = {
  sha: 'f767fa76f0d6d81cf9120be251834d2536200ed9',
  source: `if redis.call('HEXISTS', KEYS[1], 'erased') == 1 then return { 'erased' } end
local into = redis.call('HGET', KEYS[1], 'moved')
if into then return { 'moved', into } end
local other = 'absorbed:' .. ARGV[1]
if ARGV[4] ~= '1' and redis.call('HEXISTS', KEYS[1], other) == 1 then return { 'circle' } end
redis.call('HDEL', KEYS[1], other)
local version = redis.call('HGET', KEYS[1], 'version') or ''
redis.call('HSET', KEYS[1], 'moved', ARGV[1], 'movedAt', ARGV[2], 'frozen', version)
redis.call('HDEL', KEYS[1], 'version')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 'moved', ARGV[1] }`,
}

/**
 * Reads everything of a frozen visitor. Keys: profile, recent, settled, and the plans where one node holds all keys. Answers nothing of one that is not
 * frozen, else as `READ_ALL` does, then whom it was merged into, when, the visitors that were merged into it, each with when: empty while it is
 * yet to be, and the second of its last event.
 */
export const READ_FROZEN: RedisScript = {
  sha: 'a8eb61e8838e1b4555a5b0818726491cdde3ceca',
  source: `local row = redis.call('HMGET', KEYS[1], 'frozen', 'plan', 'profile', 'count', 'oldest')
if not row[1] then return {} end
row[6] = {}
row[7] = redis.call('HGET', KEYS[1], 'base')
row[8] = redis.call('HGETALL', KEYS[2])
row[9] = KEYS[4] and row[2] and redis.call('HGET', KEYS[4], row[2]) or false
row[10] = redis.call('HGETALL', KEYS[3])
row[11] = redis.call('HGET', KEYS[1], 'moved')
row[12] = redis.call('HGET', KEYS[1], 'movedAt')
local absorbed = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 9) == 'absorbed:' then
    table.insert(absorbed, string.sub(field, 10))
    table.insert(absorbed, redis.call('HGET', KEYS[1], field))
  end
end
row[13] = absorbed
row[14] = redis.call('HGET', KEYS[1], 'last')
return row`,
}

/**
 * Reads the visitor that another one is to be merged into. Keys: profile, recent, settled, and the plans where one node holds all keys. Arguments:
 * the other one, then ids of its events. Answers as `READ` does that reads everything, then when the other one came into it: empty when it is yet to.
 */
export const READ_TARGET: RedisScript = {
  sha: 'b21f73776fd2e9206fba4d3be513a8b9b5494db0',
  source: `${READ_ROW}local known = {}
for at = 2, #ARGV do
  known[at - 1] = redis.call('HGET', KEYS[2], ARGV[at]) or redis.call('HGET', KEYS[3], ARGV[at])
end
row[6] = known
row[7] = redis.call('HGET', KEYS[1], 'base')
row[8] = redis.call('HGETALL', KEYS[2])
row[9] = KEYS[4] and redis.call('HGET', KEYS[4], row[2]) or false
row[10] = redis.call('HGET', KEYS[1], 'absorbed:' .. ARGV[1]) or ''
return row`,
}

/**
 * Adds events that a visitor's base has taken in, but for those that it knows. Keys: profile, recent, settled. Arguments: id and text of each. Answers 0
 * of one who was erased, or is on the way into another one, and adds nothing.
 */
export const ADD_SETTLED: RedisScript = {
  sha: '1f5ac3e45cb190936a18ae8b6b1384064b05fea2',
  source: `if redis.call('HEXISTS', KEYS[1], 'moved') == 1 or redis.call('HEXISTS', KEYS[1], 'erased') == 1 then return 0 end
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then return 1 end
for at = 1, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[2], ARGV[at]) == 0 then redis.call('HSETNX', KEYS[3], ARGV[at], ARGV[at + 1]) end
end
return 1`,
}

/**
 * Gives back a frozen visitor of whom nothing went over. Keys: profile. Arguments: whom it was to be merged into, the version that it was frozen at. Answers 0,
 * and changes nothing, when it has changed.
 */
export const THAW: RedisScript = {
  sha: '0c174550e9e70568752ad5d0307b915db6dcf19c',
  source: `if redis.call('HGET', KEYS[1], 'moved') ~= ARGV[1] or redis.call('HGET', KEYS[1], 'frozen') ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], 'moved', 'movedAt', 'frozen')
if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'version', ARGV[2]) end
return 1`,
}

/** Leads a marker on to where the visitor that it leads to went. Keys: profile. Arguments: that one, and where it went. */
export const LEAD_ON: RedisScript = {
  sha: '6952a146190d02fe7bafa6b9ef3a3192b86ccd08',
  source: `if redis.call('HGET', KEYS[1], 'moved') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'moved', ARGV[2])
return 1`,
}

/**
 * Deletes all that is left of a frozen visitor but the marker. Keys: profile, recent, settled. Arguments: whom it was merged into, milliseconds to
 * expiry, and the version that it was frozen at: of one that was frozen anew nothing is deleted. Answers 0, and deletes nothing, of one that leads to
 * somebody else.
 */
export const CLEAR: RedisScript = {
  sha: '6d7db73b505fc362e24d636d26e34722f2cbca16',
  source: `if redis.call('HGET', KEYS[1], 'moved') ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[1], 'frozen') ~= ARGV[3] then return 1 end
local at = redis.call('HGET', KEYS[1], 'movedAt')
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'moved', ARGV[1], 'movedAt', at)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`,
}

/** Lists the visitors that were merged into one. Keys: profile. Answers each with when, empty while it is yet to be. */
export const ABSORBED: RedisScript = {
  sha: '79c6e554fba8bc52ac55fd3bac0a484815733be3',
  source: `local absorbed = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 9) == 'absorbed:' then
    table.insert(absorbed, string.sub(field, 10))
    table.insert(absorbed, redis.call('HGET', KEYS[1], field))
  end
end
return absorbed`,
}
