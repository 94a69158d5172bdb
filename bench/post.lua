-- Sends each line of a file once: path, cookie and body, separated by tabs.
-- Past the last line it starts again. Where each answer leads is written to a second
-- file, so that the measure can look for what was promised.
local lines, at, answers = {}, 0, nil

function init(args)
  for line in io.lines(args[1]) do
    local path, cookie, body = line:match("^(.-)\t(.-)\t(.*)$")
    lines[#lines + 1] = { path, cookie, body }
  end
  answers = io.open(args[2], "w")
end

function request()
  at = at % #lines + 1
  local path, cookie, body = unpack(lines[at])
  return wrk.format("POST", path, {
    ["Cookie"] = cookie,
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Referer"] = "http://127.0.0.1/",
  }, body)
end

function response(status, headers)
  answers:write(status, " ", headers["Location"] or "", "\n")
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
