-- A body makes of every call a POST of it. Each line of a file is the value of a header, in turns; the last argument names the
-- header. With the third one, each call has a path of its own.
init = function(args)
  if args[1] and args[1] ~= '' then
    wrk.method = 'POST'
    wrk.body = args[1]
    wrk.headers['Content-Type'] = 'application/json'
  end
  if args[2] and args[2] ~= '' then
    local made = {}
    for line in io.lines(args[2]) do
      wrk.headers[args[4]] = line
      made[#made + 1] = wrk.format()
    end
    local at = 0
    request = function()
      at = at % #made + 1
      return made[at]
    end
  end
  if args[3] and args[3] ~= '' then
    local at = 0
    request = function()
      at = at + 1
      return wrk.format(nil, wrk.path .. '-' .. args[3] .. '-' .. at)
    end
  end
end

-- Runs inside wrk when its time is over: one line of JSON instead of wrk's own text.
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"calls":%d,"micros":%d,"p50Micros":%d,"p99Micros":%d,"failures":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout
  ))
end
