import type { RedisScript } from '../commands/redis-commands.ts'

// Each script checks what it needs before its first write: Redis undoes nothing. Its SHA-1 is checked by a test.
const STREAMS = `for at, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind ~= 'none' and kind ~= 'stream' then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
  end
end
`

/**
 * Adds an entry. Keys: waiting. Arguments: how many may wait, when it was received, its text. Answers whether it was added.
 */
export const PUSH: RedisScript = {
  sha: '569f3b5ba3dc9a2697fa4fbdf037349ffa5c1989',
  source: `${STREAMS}if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('XADD', KEYS[1], '*', 'received', ARGV[2], 'batch', ARGV[3])
return 1`,
}

/**
 * Sets an entry aside, unless that happened already. Keys: waiting, aside. Arguments: its id, the reason, how many are kept,
 * for how many milliseconds after the last one. Answers whether it waited.
 */
export const SET_ASIDE: RedisScript = {
  sha: 'f5875be4af8baf082203d5e9193d2583479edaa7',
  source: `${STREAMS}local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if #found == 0 then return 0 end
local fields = found[1][2]
fields[#fields + 1] = 'reason'
fields[#fields + 1] = ARGV[2]
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[3], '*', unpack(fields))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('XDEL', KEYS[1], ARGV[1])
return 1`,
}

/**
 * Puts entries back that were set aside. Keys: waiting, aside. Arguments: the id of the last one, how many at once. Answers how many.
 */
export const REPLAY: RedisScript = {
  sha: 'b7b90258934f31e1ca7b43a1034db03c6892348f',
  source: `${STREAMS}local found = redis.call('XRANGE', KEYS[2], '-', ARGV[1], 'COUNT', ARGV[2])
for _, entry in ipairs(found) do
  local fields = {}
  for at = 1, #entry[2], 2 do
    if entry[2][at] ~= 'reason' then
      fields[#fields + 1] = entry[2][at]
      fields[#fields + 1] = entry[2][at + 1]
    end
  end
  redis.call('XADD', KEYS[1], '*', unpack(fields))
  redis.call('XDEL', KEYS[2], entry[1])
end
return #found`,
}

/**
 * Writes a stream anew, entry by entry: what was deleted from it lies in its nodes until all around it is deleted as well. Keys: the
 * stream, the new one. Arguments: with more entries than these it would take too long. Answers whether it did.
 */
export const WRITE_ANEW: RedisScript = {
  sha: '25eb2b591b263dc366fc3bc902f9cd3eebcfa6f2',
  source: `${STREAMS}if redis.call('XLEN', KEYS[1]) > tonumber(ARGV[1]) then return 0 end
local age = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[2])
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  redis.call('XADD', KEYS[2], entry[1], unpack(entry[2]))
end
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end
if age > 0 then redis.call('PEXPIRE', KEYS[1], age) end
return 1`,
}

/**
 * Keeps how many partitions there are, unless that is known. Keys: partitions. Arguments: how many. Answers what is known.
 */
export const AGREE: RedisScript = {
  sha: '7031f2ac051cf3dad3e0da321b83730019bde2b0',
  source: `redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])`,
}

/** Takes a lease or renews it. Keys: lease. Arguments: who, milliseconds. Answers whether it is theirs. */
export const LEASE: RedisScript = {
  sha: 'e19976249d7e4f1d2ceb494c90d041a70c509e1a',
  source: `local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`,
}

/** Gives a lease back. Keys: lease. Arguments: who. */
export const RELEASE: RedisScript = {
  sha: 'fe922d9c0ce01e40291b439d6b6133804a9174cd',
  source: `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`,
}

/**
 * Says that a worker lives. Keys: workers. Arguments: who, for how many milliseconds. Answers how many live.
 */
export const ATTEND: RedisScript = {
  sha: '38a7261d215a02b813db4eada67a20ce0030f417',
  source: `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`,
}
