-- One request for wrk, by the environment: METHOD, TARGET, BODY (with %s for a word of WORDS), HEADERS (name: value, a line each).
-- Every thread takes the words in another order. Prints one JSON line at the end.
local words, at = {}, 0

function init()
    for line in (os.getenv("HEADERS") or ""):gmatch("[^\n]+") do
        local name, value = line:match("^(.-): (.*)$")
        wrk.headers[name] = value
    end
    wrk.method, wrk.body = os.getenv("METHOD") or "GET", os.getenv("BODY")
    for word in (os.getenv("WORDS") or ""):gmatch("%S+") do words[#words + 1] = word end
    math.randomseed(os.time() + tonumber(tostring(words):match("0x(%x+)"), 16) % 100000)
    at = math.random(#words + 1)
end

function request()
    local body = wrk.body
    if #words > 0 then
        at = at % #words + 1
        body = body:gsub("%%s", words[at])
    end
    return wrk.format(nil, os.getenv("TARGET"), nil, body)
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format(
        '\n{"rate": %.1f, "p50": %.3f, "p99": %.3f, "errors": %d}\n', summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
