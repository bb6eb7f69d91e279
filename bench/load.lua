-- Runs inside wrk when its time is over: one line of JSON instead of wrk's own text.
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"calls":%d,"micros":%d,"p50Micros":%d,"p99Micros":%d,"failures":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout
  ))
end
