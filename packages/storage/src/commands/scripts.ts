import { READ_ROW } from './read-row.ts'
import type { RedisScript } from './redis-commands.ts'

// Each script checks what it needs before its first write: Redis undoes nothing. Its SHA-1 is checked by a test.

/**
 * Reads a visitor. Keys: profile, recent, settled, and the plans where one node holds all keys. Arguments: the plan asked
 * for, `1` to read everything, then event ids. Answers nothing of a visitor nobody has heard of, `erased` of one
 * who was erased, `moved`, whom to and when of one who was merged into another, else version, plan,
 * profile, recent count, oldest, the known events of the ids, and (when all is read, or the plan is another) base, recent
 * events and the plan.
 */
export const READ: RedisScript = {
  sha: '694795767923136f38bb18125c1e1db05f5f3f36',
  source: `${READ_ROW}local known = {}
for at = 3, #ARGV do
  known[at - 2] = redis.call('HGET', KEYS[2], ARGV[at]) or redis.call('HGET', KEYS[3], ARGV[at])
end
row[6] = known
if ARGV[2] == '1' or row[2] ~= ARGV[1] then
  row[7] = redis.call('HGET', KEYS[1], 'base')
  row[8] = redis.call('HGETALL', KEYS[2])
  row[9] = KEYS[4] and redis.call('HGET', KEYS[4], row[2]) or false
end
return row`,
}

/**
 * Writes a visitor, if its version is still the one that was read. Keys: profile, recent, settled, and the stream if there
 * is one. Arguments: version read (empty: there was none), milliseconds to expiry (empty: as it is), plan, profile, base
 * (empty: as it is; `-`: none), recent count, last, oldest, visitor, length of the stream; then five lists, each after its
 * length: new recent events and new settled events as id and text, ids that settle, ids that are forgotten, visitors that are merged into this one
 * with the time, empty of one that is yet to be. Answers whether it wrote, -1 for a visitor who was erased.
 */
export const WRITE: RedisScript = {
  sha: 'e9d909b3be99ffeebfe6c0a5d01ce8b4fbb7ad8a',
  source: `for at, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'none' and kind ~= (at < 4 and 'hash' or 'stream') then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
  end
end
local version = redis.call('HGET', KEYS[1], 'version') or ''
if version ~= ARGV[1] then return 0 end
if version == '' then
  if redis.call('HEXISTS', KEYS[1], 'erased') == 1 then return -1 end
  if redis.call('HEXISTS', KEYS[1], 'moved') == 1 then return 0 end
  local now = redis.call('TIME')
  version = now[1] .. string.format('%06d', now[2])
end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version + 1), 'plan', ARGV[3], 'profile', ARGV[4],
  'count', ARGV[6], 'last', ARGV[7], 'oldest', ARGV[8])
if ARGV[5] == '-' then redis.call('HDEL', KEYS[1], 'base')
elseif ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'base', ARGV[5]) end
if ARGV[1] == '' then redis.call('DEL', KEYS[2], KEYS[3]) end
local at = 11
local function each(fields, act)
  local stop = at + tonumber(ARGV[at]) * fields
  for place = at + 1, stop, fields do act(ARGV[place], ARGV[place + 1]) end
  at = stop + 1
end
local function add(key)
  return function(id, event)
    redis.call('HSET', key, id, event)
    if KEYS[4] then
      redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[10], '*', 'visitor', ARGV[9], 'id', id, 'event', event)
    end
  end
end
each(2, add(KEYS[2]))
each(2, add(KEYS[3]))
each(1, function(id)
  local event = redis.call('HGET', KEYS[2], id)
  if event then redis.call('HSET', KEYS[3], id, event) end
  redis.call('HDEL', KEYS[2], id)
end)
each(1, function(id) redis.call('HDEL', KEYS[2], id) end)
each(2, function(visitor, time)
  local set = time == '' and 'HSETNX' or 'HSET'
  redis.call(set, KEYS[1], 'absorbed:' .. visitor, time)
end)
if ARGV[2] ~= '' then
  for place = 1, 3 do redis.call('PEXPIRE', KEYS[place], ARGV[2]) end
end
return 1`,
}

/**
 * Forgets a visitor, if a field is still what was read. Keys: profile, recent, settled. Arguments: its version, and the field if it is another one.
 * Answers how many events went, or -1 when it has changed.
 */
export const FORGET: RedisScript = {
  sha: '700bf141ec39c441711a6995c569705e344e6475',
  source: `if redis.call('HGET', KEYS[1], ARGV[2] or 'version') ~= ARGV[1] then return -1 end
local events = redis.call('HLEN', KEYS[2]) + redis.call('HLEN', KEYS[3])
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return events`,
}

/**
 * Reads everything of a visitor in one step. Keys: profile, recent, settled, and the plans where one node holds all keys. Answers as
 * `READ` does that reads everything, then the settled events.
 */
export const READ_ALL: RedisScript = {
  sha: 'a032da319be28f1bca05c8b591c6b9b1dcffdf5a',
  source: `local row = redis.call('HMGET', KEYS[1], 'version', 'plan', 'profile', 'count', 'oldest')
if not row[1] then
  local into = redis.call('HGET', KEYS[1], 'moved')
  return into and { 'moved', into } or {}
end
row[6] = {}
row[7] = redis.call('HGET', KEYS[1], 'base')
row[8] = redis.call('HGETALL', KEYS[2])
row[9] = KEYS[4] and redis.call('HGET', KEYS[4], row[2]) or false
row[10] = redis.call('HGETALL', KEYS[3])
return row`,
}

/**
 * Erases a visitor and leaves a tombstone, which never expires and which no sweep finds. Keys: profile, recent, settled.
 * Arguments: when, milliseconds; and visitors, when only one that was merged into one of those, or was erased before, is to be erased: of another one
 * it answers nothing. Answers when it was erased first, how
 * many profiles and how many events went, whom it was merged into, and the visitors that were merged into it: these stay named there until `FORGET_ABSORBED`,
 * so that an erasure that is broken off finds them again.
 */
export const ERASE: RedisScript = {
  sha: '8ccd6f2e936d84c0be9dc75b367f6c1783b0e4ce',
  source: `local at = redis.call('HGET', KEYS[1], 'erased') or ARGV[1]
local into = redis.call('HGET', KEYS[1], 'moved')
local isMeant = not ARGV[2] or redis.call('HEXISTS', KEYS[1], 'erased') == 1
for place = 2, #ARGV do isMeant = isMeant or into == ARGV[place] end
if not isMeant then return {} end
local absorbed = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 9) == 'absorbed:' then table.insert(absorbed, string.sub(field, 10)) end
end
local profiles = redis.call('HEXISTS', KEYS[1], 'version')
local events = redis.call('HLEN', KEYS[2]) + redis.call('HLEN', KEYS[3])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'erased', at)
for _, visitor in ipairs(absorbed) do redis.call('HSET', KEYS[1], 'absorbed:' .. visitor, '') end
return { at, profiles, events, into, absorbed }`,
}

/** Forgets of an erased visitor who was merged into it. Keys: profile. */
export const FORGET_ABSORBED: RedisScript = {
  sha: '90be568921dc9ca70fb99b85f4e3c361a8fb6d8d',
  source: `if redis.call('HEXISTS', KEYS[1], 'erased') == 0 then return 0 end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 9) == 'absorbed:' then redis.call('HDEL', KEYS[1], field) end
end
return 1`,
}

/**
 * Counts and keeps refused events. Keys: counts, list, then the profiles of visitors where one node holds all keys.
 * Arguments: how many the list keeps, then of each: reason, text, text without whose it was, and the place of the visitor
 * among those keys, 0 when it is not there. Of a visitor who was erased the second text is kept. Each text gets a number as its last member, counted
 * in the field without a name.
 */
export const REJECT: RedisScript = {
  sha: '9780635b2711c63ea7e4ad621678a1bceedab2f4',
  source: `for at, kind in ipairs({ 'hash', 'list' }) do
  local is = redis.call('TYPE', KEYS[at]).ok
  if is ~= 'none' and is ~= kind then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
  end
end
local erased = {}
for at = 3, #KEYS do erased[at - 2] = redis.call('HEXISTS', KEYS[at], 'erased') == 1 end
for at = 2, #ARGV, 4 do
  redis.call('HINCRBY', KEYS[1], ARGV[at], 1)
  local text = erased[tonumber(ARGV[at + 3])] and ARGV[at + 2] or ARGV[at + 1]
  local number = string.format('%.0f', redis.call('HINCRBY', KEYS[1], '', 1))
  redis.call('LPUSH', KEYS[2], string.sub(text, 1, -2) .. ',' .. number .. ']')
end
redis.call('LTRIM', KEYS[2], 0, ARGV[1] - 1)
return 1`,
}
