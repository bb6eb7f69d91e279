/** What Redis runs for a node, each in one step. Lua; times are Redis's own. */

/**
 * Says that a node lives, and forgets those that have been silent for three seconds.
 * KEYS: nodes. ARGV: node. Answers the nodes.
 */
const liveNodes = `
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 3)
local nodes = redis.call('ZRANGE', KEYS[1], 0, -1)
`

const readHash = `
local function read(key)
  local flat = redis.call('HGETALL', key)
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end
`

/**
 * Exchanges reports on token buckets for tokens. A bucket is a hash: its level (l) at a time (t), what each node holds (h:) and
 * how much it is called (d:). What is left and what is held never exceed the capacity together. A bucket that is not there is
 * full, but for what is set aside for each node. What a node began with beyond that is taken from the level when it reports.
 *
 * KEYS: nodes, buckets. ARGV: node, then for each bucket rate, capacity, first, aside, held, returned, debt, wanted, demand.
 * Answers the number of nodes, then the tokens granted for each bucket.
 */
export const exchangeBuckets = `${liveNodes}${readHash}
local me = ARGV[1]
local answer = { #nodes }
for i = 2, #KEYS do
  local at = (i - 2) * 9 + 1
  local rate, capacity = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local first, aside = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local held, returned, debt = tonumber(ARGV[at + 5]), tonumber(ARGV[at + 6]), tonumber(ARGV[at + 7])
  local wanted, demand = tonumber(ARGV[at + 8]), tonumber(ARGV[at + 9])
  local bucket = read(KEYS[i])
  local others, calls = 0, demand
  for _, node in ipairs(nodes) do
    if node ~= me then
      others = others + (tonumber(bucket['h:' .. node]) or aside)
      calls = calls + (tonumber(bucket['d:' .. node]) or 0)
    end
  end
  local level
  if bucket.l then
    level = tonumber(bucket.l) + math.max(0, now - tonumber(bucket.t)) * rate + returned
    if wanted > 0 and not bucket['h:' .. me] then level = level - (first - aside) end
    level = math.min(level, capacity - others - held)
  else
    level = capacity - others - (wanted > 0 and math.max(first, held) or 0)
  end
  if debt > 0 then level = math.max(math.min(level, 0), level - debt) end
  local granted = 0
  if wanted > held and level >= 1 then
    local share = level
    if demand > 0 and calls > demand then share = level * demand / calls end
    granted = math.max(1, math.floor(math.min(wanted - held, share)))
  end
  redis.call('HSET', KEYS[i], 'l', level - granted, 't', string.format('%.6f', now))
  if wanted > 0 then redis.call('HSET', KEYS[i], 'h:' .. me, held + granted, 'd:' .. me, demand)
  else redis.call('HDEL', KEYS[i], 'h:' .. me, 'd:' .. me) end
  redis.call('PEXPIRE', KEYS[i], math.floor(math.min(604800, capacity / rate + 5) * 1000))
  answer[i] = granted
end
return answer
`

/**
 * Counts calls against quotas, and leases what is left of them. A quota is a hash: the calls (u) of the period that began on a
 * day (s), what each node may still use (h:), its last report (q:), and what the calls were (a) a while ago (t). The counts that have changed are told to all nodes.
 *
 * KEYS: nodes, quotas. ARGV: node, channel, then for each quota name, start, limit (below 0: none), known, used, sequence,
 * held, wanted. Answers the number of nodes, then calls and calls granted for each quota.
 */
export const exchangeQuotas = `${liveNodes}${readHash}
local me, channel = ARGV[1], ARGV[2]
local answer = { #nodes }
local changed = {}
for i = 2, #KEYS do
  local at = (i - 2) * 8 + 2
  local start, limit, known = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local used, sequence = tonumber(ARGV[at + 5]), ARGV[at + 6]
  local held, wanted = tonumber(ARGV[at + 7]), tonumber(ARGV[at + 8])
  local quota = read(KEYS[i])
  if quota.s and tonumber(quota.s) < start then
    redis.call('DEL', KEYS[i])
    quota = {}
  end
  -- A node whose clock is behind counts in the period that has begun.
  start = math.max(start, tonumber(quota.s or start))
  local total = math.max(tonumber(quota.u or '0'), known)
  if used ~= 0 and quota['q:' .. me] ~= sequence then total = math.max(0, total + used) end
  if tostring(total) ~= quota.u then changed[#changed + 1] = { ARGV[at + 1], start, total } end
  local granted = 0
  if limit >= 0 then
    -- What nodes set aside for themselves follows from a total that has reached them all.
    local settled, at = tonumber(quota.a or known), tonumber(quota.t or now)
    if now - at > 0.1 then settled, at = tonumber(quota.u or known), now end
    redis.call('HSET', KEYS[i], 'a', settled, 't', string.format('%.6f', at))
    local left = limit - total - held
    local aside = math.max(0, math.floor((limit - settled) / (2 * #nodes)))
    for _, node in ipairs(nodes) do
      if node ~= me then left = left - (tonumber(quota['h:' .. node]) or aside) end
    end
    granted = math.max(0, math.min(wanted - held, left))
  end
  redis.call('HSET', KEYS[i], 's', start, 'u', total, 'q:' .. me, sequence)
  if wanted > 0 then redis.call('HSET', KEYS[i], 'h:' .. me, held + granted)
  else redis.call('HDEL', KEYS[i], 'h:' .. me) end
  redis.call('EXPIRE', KEYS[i], 3456000)
  answer[#answer + 1] = total
  answer[#answer + 1] = granted
end
if #changed > 0 then redis.call('PUBLISH', channel, cjson.encode({ me, changed })) end
return answer
`
