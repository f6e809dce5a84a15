import { test } from "vitest";
import {
  DONE,
  data,
  first,
  type Habit,
  holds,
  json,
  KEY,
  openStream,
  piece,
  refusal,
  stream,
  text,
} from "./support/habits.ts";

const once = (told: RegExp) => ({ code: 1, requests: 1, told });
const thrice = (told: RegExp) => ({ code: 1, requests: 3, told });
const TANK = once(/the tank is empty/);
const errorLine = (value: unknown) => stream(data(value) + DONE);

/** A success by its status, an error by its words. */
const INSIDE_200: Habit[] = [
  ["answers 200 with an error object", json({ error: { message: "the tank is empty" } }), TANK],
  [
    "answers 200 with an error string",
    json({ error: "Unexpected endpoint or method" }),
    once(/Unexpected endpoint or method/),
  ],
  ["answers 200 with a list of errors", json([{ error: { message: "the tank is empty" } }]), TANK],
  ["answers 200 with detail", json({ detail: "the tank is empty" }), TANK],
  [
    "answers 200 with a list as detail",
    json({ detail: [{ loc: ["body"], msg: "the tank is empty" }] }),
    TANK,
  ],
  ["answers 200 with a message", json({ message: "the tank is empty" }), TANK],
  [
    "answers 200 with msg and a code of its own",
    json({ code: 50113, msg: "the tank is empty" }),
    TANK,
  ],
  [
    "answers 200 with errors",
    json({ success: false, errors: [{ code: 7, message: "the tank is empty" }] }),
    TANK,
  ],
  [
    "answers 200 with base_resp",
    json({ base_resp: { status_code: 2013, status_msg: "the tank is empty" }, choices: null }),
    TANK,
  ],
  [
    "answers 200 with an error beside empty choices",
    json({ choices: [], error: { message: "the tank is empty" } }),
    TANK,
  ],
  [
    "answers 200 with an error within an error",
    json({ error: { error: { message: "the tank is empty" } } }),
    TANK,
  ],
  [
    "answers 200 with words as plain text",
    text("upstream connect error"),
    once(/upstream connect error/),
  ],
  [
    "answers 200 with code 429",
    json({ error: { message: "rate limit reached", code: 429 } }),
    thrice(/asks for fewer requests.*rate limit reached/),
  ],
  [
    'answers 200 with code "429"',
    json({ error: { message: "rate limit reached", code: "429" } }),
    thrice(/asks for fewer requests/),
  ],
  [
    "answers 200 with status 503",
    json({ error: { message: "overloaded", status: 503 } }),
    thrice(/trouble of its own.*overloaded/),
  ],
  [
    "answers 200 with code 402",
    json({ error: { message: "please pay", code: 402 } }),
    once(/no credit.*please pay/),
  ],
  [
    "answers 200 with code 401",
    json({ error: { message: "who are you", code: 401 } }),
    once(/refused the key.*who are you/),
  ],
  [
    "answers 200 with code 429, then well",
    first(json({ error: { message: "slow", code: 429 } })),
    { requests: 5, told: /try 2/ },
  ],
  [
    "answers 200 with a type that says 429",
    json({ error: { message: "slow", type: "rate_limit_exceeded" } }),
    thrice(/asks for fewer requests/),
  ],
  [
    "answers 200 with RESOURCE_EXHAUSTED",
    json({ error: { message: "slow", status: "RESOURCE_EXHAUSTED" } }),
    thrice(/asks for fewer requests/),
  ],
];

const IN_A_STREAM: Habit[] = [
  ["begins its stream with an error", errorLine({ error: { message: "the tank is empty" } }), TANK],
  [
    "begins its stream with an error string",
    errorLine({ error: "The model has crashed" }),
    once(/The model has crashed/),
  ],
  ["begins its stream with detail", errorLine({ detail: "the tank is empty" }), TANK],
  ["begins its stream with a list", errorLine([{ error: { message: "the tank is empty" } }]), TANK],
  [
    "begins its stream with object: error",
    errorLine({ object: "error", message: "the tank is empty", code: 500 }),
    thrice(/the tank is empty/),
  ],
  [
    "begins its stream with code 429",
    errorLine({ error: { message: "slow", code: 429 } }),
    thrice(/asks for fewer requests/),
  ],
  [
    "begins its stream with code 429, then well",
    first(errorLine({ error: { message: "slow", code: 429 } })),
    { requests: 5, told: /try 2/ },
  ],
  [
    "begins its stream with a refused parameter",
    first(errorLine({ error: { message: "temperature is not supported", code: 400 } })),
    { requests: 5, told: /refused temperature/ },
  ],
  [
    "stops with an error object",
    stream(piece("a") + data({ error: { message: "out of memory" } })),
    once(/stopped with an error: out of memory/),
  ],
  [
    "stops with an error string",
    stream(piece("a") + data({ error: "The model has crashed" })),
    once(/The model has crashed/),
  ],
  [
    "stops with an error line",
    stream(`${piece("a")}error: {"message":"the context size is exceeded"}\n\n`),
    once(/the context size is exceeded/),
  ],
  [
    "begins with an error line",
    stream('error: {"code":400,"message":"the context size is exceeded"}\n\n'),
    once(/the context size is exceeded/),
  ],
  [
    "sends an error line of plain words",
    stream(`${piece("a")}error: slot unavailable\n\n`),
    once(/slot unavailable/),
  ],
  [
    "sends an event called error",
    stream(`${piece("a")}event: error\ndata: {"message":"overloaded_error"}\n\n`),
    once(/overloaded_error/),
  ],
  [
    "sends an event called error in words",
    stream(`${piece("a")}event: error\ndata: the tank is empty\n\n`),
    TANK,
  ],
  [
    "stops with errors",
    stream(piece("a") + data({ errors: [{ message: "out of memory" }] })),
    once(/out of memory/),
  ],
  [
    "stops with a message",
    stream(piece("a") + data({ type: "error", message: "out of memory" })),
    once(/out of memory/),
  ],
  [
    "sends an error and keeps the connection open",
    openStream(piece("a") + data({ error: { message: "out of memory" } })),
    once(/out of memory/),
  ],
  [
    "sends an error as bare JSON in its stream",
    stream(`${piece("a")}{"error":{"message":"out of memory"}}\n\n`),
    once(/out of memory/),
  ],
  [
    "says in an error what the key is",
    errorLine({ error: { message: `bad ${KEY}` } }),
    once(/bad …/),
  ],
];

const BODIES: Habit[] = [
  [
    "refuses with a list",
    json([{ error: { code: 400, message: "API key not valid", status: "INVALID_ARGUMENT" } }], 400),
    once(/API key not valid/),
  ],
  ["refuses with an error string", json({ error: "the tank is empty" }, 400), TANK],
  ["refuses with detail", json({ detail: "the tank is empty" }, 400), TANK],
  [
    "refuses with a list as detail",
    json({ detail: [{ loc: ["body", "model"], msg: "the tank is empty" }] }, 422),
    TANK,
  ],
  ["refuses with an object as detail", json({ detail: { error: "the tank is empty" } }, 400), TANK],
  ["refuses with errors", json({ errors: [{ message: "the tank is empty" }] }, 400), TANK],
  [
    "refuses with errors as strings",
    json({ errors: ["the tank", "is empty"] }, 400),
    once(/the tank; is empty/),
  ],
  [
    "refuses with title and status",
    json({ type: "about:blank", title: "the tank is empty", status: 400 }, 400),
    TANK,
  ],
  [
    "refuses with error_description",
    json({ error: "invalid_request", error_description: "the tank is empty" }, 400),
    TANK,
  ],
  [
    "refuses with a message that is an object",
    json({ message: { detail: "the tank is empty" } }, 400),
    TANK,
  ],
  ["refuses with a JSON string", json("the tank is empty", 400), TANK],
  [
    "refuses with JSON within JSON",
    json({ error: { message: '{"error":{"message":"the tank is empty"}}' } }, 400),
    once(/: the tank is empty/),
  ],
  [
    "passes on what its provider said",
    json(
      { error: { message: "Provider returned error", metadata: { raw: "the tank is empty" } } },
      400,
    ),
    once(/Provider returned error.*the tank is empty/),
  ],
  ["refuses in a shape of its own", json({ reply: "the tank is empty" }, 400), TANK],
  ["refuses in plain text", text("the tank is empty", "text/plain", 400), TANK],
  [
    "refuses with a web page",
    text("<html><head><title>400 the tank is empty</title></head></html>", "text/html", 400),
    TANK,
  ],
  ["refuses with nothing", text("", "", 400), once(/refused the request \(400\)/)],
  [
    "refuses with a stream",
    text(data({ error: { message: "the tank is empty" } }), "text/event-stream", 400),
    once(/: the tank is empty/),
  ],
  [
    "answers 500 with a web page",
    text("<h1>Internal Server Error</h1>", "text/html", 500),
    thrice(/trouble of its own \(500\): Internal Server Error/),
  ],
  ["answers 502 with nothing", text("", "", 502), thrice(/trouble of its own \(502\)/)],
  [
    "answers 413 with a web page",
    text("<title>413 Request Entity Too Large</title>", "text/html", 413),
    once(/\(413\).*Request Entity Too Large/),
  ],
  ["answers 404 with nothing", text("", "", 404), once(/no such address/)],
  ["answers 405", json({ detail: "Method Not Allowed" }, 405), once(/Method Not Allowed/)],
  ["answers 408 once", first(text("", "", 408)), { requests: 5, told: /try 2/ }],
  [
    "answers 409 in words",
    refusal(409, "the model is being updated"),
    thrice(/the model is being updated/),
  ],
  ["answers 204", text("", "", 204), once(/answered, but with nothing/)],
  [
    "answers 402",
    json({ detail: { status: "quota_exceeded", message: "top up" } }, 402),
    once(/no credit.*top up/),
  ],
  ["says too much", refusal(400, "x".repeat(5000)), once(/x{100,}…/)],
];

const FORBIDDEN: Habit[] = [
  [
    "forbids a country",
    refusal(403, "Country, region, or territory not supported"),
    once(/^(?!.*\bkey\b).*Country, region, or territory not supported/s),
  ],
  [
    "forbids a prompt",
    refusal(403, "Your input was flagged by moderation"),
    once(/^(?!.*\bkey\b).*flagged by moderation/s),
  ],
  [
    "forbids a model to a project",
    refusal(403, "Project `p` does not have access to model `gpt-test`", "model_not_found"),
    once(/^(?!.*\bkey\b).*does not have access to model/s),
  ],
  [
    "forbids with a page of Cloudflare",
    text("<!DOCTYPE html><title>Attention Required! | Cloudflare</title>", "text/html", 403),
    once(/^(?!.*\bkey\b).*Attention Required! \| Cloudflare/s),
  ],
  ["forbids with nothing", text("", "", 403), once(/^(?!.*\bkey\b).*403/s)],
  [
    "forbids a key",
    refusal(403, "This API key is not allowed here"),
    once(/refused the key.*This API key is not allowed here/),
  ],
  [
    "does not know the key",
    refusal(401, "Incorrect API key provided"),
    once(/refused the key \(OPENAI_API_KEY in the environment\)/),
  ],
  [
    "does not know the key, in a list",
    json([{ error: { code: 401, message: "Unauthorised" } }], 401),
    once(/refused the key.*Unauthorised/),
  ],
  [
    "calls a key invalid with 400",
    refusal(400, "API key not valid. Please pass a valid API key."),
    once(/refused the key.*API key not valid/),
  ],
];

const soon = { requests: 5, told: /try 2.*in (?:[1-9]\d?|1\d\d)(?:\.\d+)? ms/ };
const WAITS: Habit[] = [
  [
    "asks for a wait in seconds",
    first(refusal(429, "slow", null, { "retry-after": "0.05" })),
    soon,
  ],
  [
    "asks for a wait in milliseconds",
    first(refusal(429, "slow", null, { "retry-after-ms": "50" })),
    soon,
  ],
  ["asks for a wait in words", first(refusal(429, "Please try again in 50ms.")), soon],
  [
    "asks for a wait in words, in seconds",
    first(refusal(429, "Rate limit. Try again in 0.05s")),
    soon,
  ],
  [
    "asks for a wait as a delay",
    first(json({ error: { code: 429, message: "slow", details: [{ retryDelay: "0.05s" }] } }, 429)),
    soon,
  ],
  [
    "asks for a wait as a number",
    first(json({ error: { message: "slow" }, retry_after: 0.05 }, 429)),
    soon,
  ],
  [
    "asks for a wait inside a 200",
    first(json({ error: { message: "slow, retry after 0.05 seconds", code: 429 } })),
    soon,
  ],
  ["asks for a long wait", refusal(429, "slow", null, { "retry-after": "99" }), once(/99 s/)],
  [
    "asks for a long wait by a date",
    (...all) =>
      refusal(429, "slow", null, { "retry-after": new Date(Date.now() + 3_600_000).toUTCString() })(
        ...all,
      ),
    once(/fewer requests.*(?:3600|3599|1 h)/s),
  ],
  ["asks for a long wait in words", refusal(429, "Please try again in 6m0s."), once(/360 s/)],
  [
    "asks for a wait that nobody can read",
    first(refusal(429, "slow", null, { "retry-after": "soon" })),
    { requests: 5, told: /try 2/ },
  ],
  [
    "asks for a wait that is over",
    first(refusal(429, "slow", null, { "retry-after": "-5" })),
    { requests: 5, told: /try 2/ },
  ],
  [
    "loads its model",
    first(refusal(503, "Loading model", "unavailable_error"), 2),
    { requests: 6, told: /load/ },
  ],
  [
    "loads its model for more than three tries",
    first(json({ error: "Model x is currently loading", estimated_time: 0.02 }, 503), 4),
    { requests: 8, told: /load/ },
  ],
  [
    "has no quota left",
    refusal(429, "You exceeded your current quota", "insufficient_quota"),
    once(/no credit/),
  ],
  [
    "has no quota left, in a list",
    json(
      [
        {
          error: {
            code: 429,
            message: "You exceeded your current quota, check your plan and billing",
          },
        },
      ],
      429,
    ),
    once(/no credit.*exceeded your current quota/),
  ],
  [
    "lacks balance",
    json({ error: { message: "Insufficient Balance", code: "invalid_request_error" } }, 402),
    once(/no credit.*Insufficient Balance/),
  ],
];

const offers =
  (models: unknown) =>
  (...all: Parameters<ReturnType<typeof json>>) =>
    (all[1].url?.endsWith("/models")
      ? json(models)
      : refusal(404, "The model does not exist", "model_not_found"))(...all);
const MODELS: Habit[] = [
  [
    "lists its models as OpenAI does",
    offers({ data: [{ id: "gpt-tset" }] }),
    once(/offers gpt-tset/),
  ],
  ["lists its models barely", offers([{ id: "gpt-tset" }]), once(/offers gpt-tset/)],
  ["lists its models by name", offers({ models: [{ name: "gpt-tset" }] }), once(/offers gpt-tset/)],
  ["lists its models as strings", offers(["gpt-tset"]), once(/offers gpt-tset/)],
  [
    "lists its models as null",
    offers({ object: "list", data: null }),
    once(/no model gpt-test.*no models yet/s),
  ],
  ["lists no models", offers({ data: [] }), once(/no models yet/)],
  [
    "lists its models as a web page",
    (...all) =>
      (all[1].url?.endsWith("/models")
        ? text("<html>", "text/html")
        : refusal(404, "no such model"))(...all),
    once(/Name another with --model/),
  ],
  [
    "lists members without a name",
    offers({ data: [null, {}, { id: "gpt-tset" }] }),
    once(/offers gpt-tset/),
  ],
  [
    "tells what to do for a missing model",
    refusal(404, "model 'x' not found, try pulling it first"),
    once(/try pulling it first/),
  ],
];

const PARAMETERS: Habit[] = [
  [
    "takes only its own temperature",
    (...all) =>
      (/"temperature":/.test(all[2])
        ? refusal(400, "invalid temperature: only 1 is allowed")
        : stream(piece("Hello", "stop") + DONE))(...all),
    { requests: 5, told: /refused temperature/ },
  ],
  [
    "takes no stream_options",
    (...all) =>
      (/"stream_options":/.test(all[2])
        ? json(
            {
              detail: [
                {
                  type: "extra_forbidden",
                  loc: ["body", "stream_options"],
                  msg: "Extra inputs are not permitted",
                },
              ],
            },
            422,
          )
        : stream(piece("Hello", "stop") + DONE))(...all),
    { requests: 5, told: /refused stream_options/ },
  ],
  [
    "names what it does not take in a list",
    (...all) =>
      (/"temperature":/.test(all[2])
        ? json([{ error: { code: 400, message: "Unsupported parameter: temperature" } }], 400)
        : stream(piece("Hello", "stop") + DONE))(...all),
    { requests: 5, told: /refused temperature/ },
  ],
  [
    "names what it does not take inside a 200",
    (...all) =>
      (/"temperature":/.test(all[2])
        ? json({ error: { message: "temperature is not supported", code: 400 } })
        : stream(piece("Hello", "stop") + DONE))(...all),
    { requests: 5, told: /refused temperature/ },
  ],
];

test.each([
  ...INSIDE_200,
  ...IN_A_STREAM,
  ...BODIES,
  ...FORBIDDEN,
  ...WAITS,
  ...MODELS,
  ...PARAMETERS,
])("a server that %s", async (_habit, reply, seen) => {
  await holds(reply, seen);
});
