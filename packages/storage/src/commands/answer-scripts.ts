import type { RedisScript } from './redis-commands.ts'

/**
 * Keeps a visitor's last answer. Keys: the answer, and where it takes its place that of the visitor's browsers before a sign-in. Arguments: when it was given,
 * what is granted with dots between, `now`, `late` or `again`, milliseconds to expiry. Clocks of machines differ: what is told now comes after what stands
 * there, what is told late does nothing beside one of then or later, and what is told again does so only where it takes nothing away, or that one is a minute
 * younger. Answers whether it was kept.
 */
export const TELL_ANSWER: RedisScript = {
  sha: 'e4576cbb8cce6fac6b6a090861c8227fc1a6d580',
  source: `local at = tonumber(ARGV[1])
local before, words
for _, key in ipairs(KEYS) do
  local time, granted = string.match(redis.call('GET', key) or '', '^(%d+) (.*)$')
  if time and (not before or tonumber(time) > before) then
    before, words = tonumber(time), '.' .. granted .. '.'
  end
end
if before and before >= at then
  if ARGV[3] == 'late' then return 0 end
  if ARGV[3] == 'again' then
    if before - at >= 60000 then return 0 end
    for word in string.gmatch(ARGV[2], '[^.]+') do
      if not string.find(words, '.' .. word .. '.', 1, true) then return 0 end
    end
  end
  at = before + 1
end
redis.call('SET', KEYS[1], string.format('%.0f', at) .. ' ' .. ARGV[2], 'PX', ARGV[4])
if KEYS[2] then redis.call('DEL', KEYS[2]) end
return 1`,
}
