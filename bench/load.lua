-- A body makes of every call a POST of it.
init = function(args)
  if args[1] and args[1] ~= '' then
    wrk.method = 'POST'
    wrk.body = args[1]
    wrk.headers['Content-Type'] = 'application/json'
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
