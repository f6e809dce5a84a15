import { gzipSync } from "node:zlib";
import { test } from "vitest";
import {
  chunk,
  DONE,
  data,
  deltas,
  type Habit,
  holds,
  json,
  openStream,
  piece,
  type Reply,
  stream,
  text,
  textPart,
  whole,
} from "./support/habits.ts";

const HI = { reply: "Hello there" };
const parts = piece("Hello") + piece(" there", "stop");
const all = parts + DONE;
const usage = (prompt_tokens: unknown, completion_tokens: unknown) => ({
  choices: [],
  usage: { prompt_tokens, completion_tokens, total_tokens: 1 },
});
/** A body sent in pieces of a few bytes. */
const inBytes =
  (body: string, size: number): Reply =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
    response.end();
  };
const lines = (separator: string) => stream(all.replaceAll("\n", separator));
const call = { name: "look", arguments: "{}" };

const ENDS: Habit[] = [
  ["closes after a finish reason, without [DONE]", stream(parts), HI],
  ["keeps the connection open after a finish reason, without [DONE]", openStream(parts), HI],
  ["keeps the connection open after [DONE]", openStream(all), HI],
  ["sends usage after the finish reason, and no [DONE]", stream(parts + data(usage(3, 2))), HI],
  ["writes [DONE] in small letters", stream(`${parts}data: [done]\n\n`), HI],
  ["writes DONE without brackets", stream(`${parts}data: DONE\n\n`), HI],
  ["ends its last event without an empty line", stream(all.trimEnd()), HI],
  ["ends on its last chunk without a line's end", stream(parts.trimEnd()), HI],
  ["sends [DONE] without a finish reason", stream(piece("Hello there") + DONE), HI],
  ["says more after [DONE]", stream(`${all}data: {oops\n\n`), HI],
  [
    "breaks the connection after a finish reason",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(parts, () => setImmediate(() => response.destroy()));
    },
    HI,
  ],
  [
    "closes without a finish reason",
    stream(piece("Hel")),
    { code: 1, requests: 1, told: /ended its reply without the end mark/ },
  ],
  [
    "breaks the connection in the middle",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(piece("Hel"), () => setImmediate(() => response.destroy()));
    },
    { code: 1, requests: 1, told: /stopped in the middle/ },
  ],
  [
    "falls silent in the middle",
    openStream(piece("Hel")),
    { code: 1, requests: 1, told: /said nothing for 0\.3 seconds/, timeout: "0.3" },
  ],
  [
    "sends headers and then nothing",
    openStream(""),
    { code: 1, requests: 1, told: /said nothing for 0\.3 seconds/, timeout: "0.3" },
  ],
];

const FORMS: Habit[] = [
  ["calls its stream text/plain", stream(all, "text/plain"), HI],
  ["calls its stream JSON", stream(all, "application/json"), HI],
  ["calls its stream octets", stream(all, "application/octet-stream"), HI],
  ["calls its stream a web page", stream(all, "text/html"), HI],
  ["gives its stream no content type", stream(all, ""), HI],
  ["begins its plain stream with a comment", stream(`: hi\n\n${all}`, "text/plain"), HI],
  ["begins its plain stream with an event's name", stream(`event: message\n${all}`, "text/x"), HI],
  ["begins its plain stream with an id", stream(`id: 1\nretry: 9\n${all}`, "text/plain"), HI],
  ["begins its plain stream with empty lines", stream(`\n\n${all}`, "text/plain"), HI],
  ["ends lines with CR LF", lines("\r\n"), HI],
  ["ends lines with CR", lines("\r"), HI],
  ["mixes line ends", stream(parts.replaceAll("\n", "\r\n") + DONE), HI],
  ["writes no space after data:", stream(all.replaceAll("data: ", "data:")), HI],
  ["begins with a byte-order mark", stream(`\ufeff${all}`), HI],
  [
    "spreads one JSON over several data lines",
    stream(
      `data: ${JSON.stringify(chunk({ content: "Hello there" }, "stop"), null, 1).replaceAll("\n", "\ndata: ")}\n\n${DONE}`,
    ),
    HI,
  ],
  ["leaves out the empty lines between events", stream(all.replaceAll("\n\n", "\n")), HI],
  [
    "sends comments as pings",
    stream(`: ping\n\n${piece("Hello")}: ping\n\n${parts.slice(piece("Hello").length)}${DONE}`),
    HI,
  ],
  ["sends pings as events", stream(`event: ping\ndata: {"type":"ping"}\n\n${all}`), HI],
  ["sends empty data", stream(`data:\n\n${all}`), HI],
  [
    "sends data: null between",
    stream(`${piece("Hello")}data: null\n\n${piece(" there", "stop")}${DONE}`),
    HI,
  ],
  ["sends an empty object first", stream(`data: {}\n\n${all}`), HI],
  [
    "sends choices: null with usage",
    stream(parts + data({ choices: null, usage: null }) + DONE),
    HI,
  ],
  ["sends an empty list of choices first", stream(data({ choices: [] }) + all), HI],
  [
    "sends lines of JSON without data:",
    stream(parts.replaceAll("data: ", "").replaceAll("\n\n", "\n"), "application/x-ndjson"),
    HI,
  ],
  ["sends one byte at a time", inBytes(all, 1), HI],
  ["cuts inside a character", inBytes(piece("Grüße 👋", "stop") + DONE, 3), { reply: "Grüße 👋" }],
  [
    "sends gzip",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      response.end(gzipSync(all));
    },
    HI,
  ],
  [
    "breaks off its gzip",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      response.end(gzipSync(piece("Hello ".repeat(500)) + DONE).subarray(0, 60));
    },
    { code: 1, requests: 1, told: /in the middle of its reply|closed the connection/ },
  ],
  [
    "sends a line that is plain words",
    stream(`${piece("a")}data: worker died of a fever\n\n${DONE}`),
    { code: 1, requests: 1, told: /worker died of a fever/ },
  ],
  [
    "sends half a JSON and goes on",
    stream(`${piece("a")}data: {oops\n\n${DONE}`),
    { code: 1, requests: 1, told: /line that is not JSON/ },
  ],
];

const SHAPES: Habit[] = [
  [
    "answers a stream with a whole reply",
    whole({ role: "assistant", content: "Hello there" }),
    { ...HI, told: /does not stream/ },
  ],
  [
    "answers with a whole reply as text/plain",
    text(JSON.stringify({ choices: [{ message: { content: "Hello there" } }] })),
    { ...HI, told: /does not stream/ },
  ],
  [
    "calls a whole reply a stream",
    stream(JSON.stringify({ choices: [{ message: { content: "Hello there" } }] })),
    HI,
  ],
  [
    "puts a whole reply into one event",
    stream(
      data({
        choices: [
          { message: { role: "assistant", content: "Hello there" }, finish_reason: "stop" },
        ],
      }) + DONE,
    ),
    HI,
  ],
  [
    "sends message in place of delta",
    stream(data({ choices: [{ message: { content: "Hello there" }, finish_reason: "stop" }] })),
    HI,
  ],
  [
    "leaves out the index of its choices",
    stream(
      data({ choices: [{ delta: { content: "Hello there" }, finish_reason: "stop" }] }) + DONE,
    ),
    HI,
  ],
  [
    "leaves out role, id and object",
    stream(data({ choices: [{ delta: { content: "Hello there" } }] }) + DONE),
    HI,
  ],
  [
    "names the role in every chunk",
    deltas({ role: "assistant", content: "Hello" }, { role: "assistant", content: " there" }),
    HI,
  ],
  ["names another role", deltas({ role: "model", content: "Hello there" }), HI],
  ["sends an empty role", deltas({ role: "", content: "Hello there" }), HI],
  [
    "sends content: null first",
    deltas({ role: "assistant", content: null }, { content: "Hello there" }),
    HI,
  ],
  [
    "sends delta: null last",
    stream(
      piece("Hello there") + data({ choices: [{ index: 0, delta: null, finish_reason: "stop" }] }),
    ),
    HI,
  ],
  [
    "sends content as a list of parts",
    deltas({ content: [textPart("Hello")] }, { content: [textPart(" there")] }),
    HI,
  ],
  ["sends content as a list of strings", deltas({ content: ["Hello", " there"] }), HI],
  ["sends content as one part", deltas({ content: textPart("Hello there") }), HI],
  [
    "sends the text as output_text",
    deltas({ content: [{ type: "output_text", text: "Hello there" }] }),
    HI,
  ],
  [
    "sends a whole reply with a list of parts",
    whole({
      content: [textPart("Hello "), textPart("there")],
    }),
    HI,
  ],
  [
    "sends text beside an empty delta",
    stream(
      data({ choices: [{ index: 0, delta: {}, text: "Hello there", finish_reason: "stop" }] }),
    ),
    HI,
  ],
  ["sends content as a number", deltas({ content: 42 }), { reply: "42" }],
  [
    "calls a tool without role, id and index",
    deltas({ tool_calls: [{ function: call }] }),
    { reply: "→ look({})" },
  ],
  [
    "calls a tool with arguments as an object",
    deltas({ tool_calls: [{ index: 0, id: "a", function: { name: "look", arguments: {} } }] }),
    { reply: "→ look({})" },
  ],
  [
    "calls two tools without index",
    deltas(
      { tool_calls: [{ id: "a", function: call }] },
      { tool_calls: [{ id: "b", function: call }] },
    ),
    { reply: "→ look({})\n→ look({})" },
  ],
  [
    "calls a tool in fragments without index",
    deltas(
      { tool_calls: [{ id: "a", function: { name: "look", arguments: "{" } }] },
      { tool_calls: [{ function: { arguments: "}" } }] },
    ),
    { reply: "→ look({})" },
  ],
  ["calls a tool in the old form", deltas({ function_call: call }), { reply: "→ look({})" }],
  [
    "calls a tool in a whole reply without id",
    whole({ content: null, tool_calls: [{ function: call }] }, "tool_calls"),
    { reply: "→ look({})" },
  ],
  ["sends tool_calls: null and content", deltas({ content: "Hello there", tool_calls: null }), HI],
  ["ends for a reason nobody knows", stream(piece("Hello there", "eos_token") + DONE), HI],
  [
    "sends its finish reason in every chunk",
    stream(piece("Hello", "stop") + piece(" there", "stop") + DONE),
    HI,
  ],
  [
    "sends an empty finish reason in every chunk",
    stream(piece("Hello", "") + piece(" there", "") + DONE),
    HI,
  ],
  ["sends no usage", stream(all), HI],
  [
    "sends usage: null in every chunk",
    stream(data(chunk({ content: "Hello there" }, "stop", { usage: null })) + DONE),
    HI,
  ],
  ["sends a usage of zero", stream(parts + data(usage(0, 0)) + DONE), HI],
  ["sends a usage of null tokens", stream(parts + data(usage(null, null)) + DONE), HI],
  [
    "sends a running usage",
    stream(
      data(chunk({ content: "Hello" }, null, usage(3, 1))).replace(
        '"choices":[]',
        '"choices":[{"index":0,"delta":{"content":"Hello"}}]',
      ) +
        piece(" there", "stop") +
        data(usage(3, 2)) +
        DONE,
    ),
    HI,
  ],
  [
    "answers with text that is not JSON",
    text("Hello there"),
    { code: 1, requests: 1, told: /not JSON: Hello there/ },
  ],
  ["answers with a list", json([1, 2]), { code: 1, requests: 1, told: /without a reply in it/ }],
  ["answers with null", json(null), { code: 1, requests: 1, told: /without a reply in it/ }],
  [
    "answers with another object",
    json({ status: "healthy" }),
    { code: 1, requests: 1, told: /without a reply in it.*healthy/ },
  ],
  [
    "answers with half a JSON",
    text('{"choices":', "application/json"),
    { code: 1, requests: 1, told: /not JSON/ },
  ],
  [
    "answers with a web page",
    text("<html><title>Sign in</title>", "text/html"),
    { code: 1, requests: 1, told: /a web page.*Sign in/ },
  ],
  [
    "answers a stream with a web page",
    stream("<!doctype html><h1>Wi-Fi of the hotel</h1>"),
    { code: 1, requests: 1, told: /a web page.*Wi-Fi of the hotel/ },
  ],
];

test.each([...ENDS, ...FORMS, ...SHAPES])("a server that %s", async (_habit, reply, seen) => {
  await holds(reply, seen);
});
