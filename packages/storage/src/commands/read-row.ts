/** How a script begins that reads a visitor, and ends where there is none. */
export const READ_ROW: string = `local row = redis.call('HMGET', KEYS[1], 'version', 'plan', 'profile', 'count', 'oldest')
if not row[1] then
  local into = redis.call('HGET', KEYS[1], 'moved')
  if into then return { 'moved', into, redis.call('HGET', KEYS[1], 'movedAt') } end
  return redis.call('HEXISTS', KEYS[1], 'erased') == 1 and { 'erased' } or {}
end
`
