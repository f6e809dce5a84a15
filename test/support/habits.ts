import type { IncomingMessage, ServerResponse } from "node:http";
import { expect } from "vitest";
import { eventsOf, run } from "./program.ts";
import { serveFaults } from "./server.ts";

/** What a server does with a request; `count` is its number, from 1. */
export type Reply = (
  response: ServerResponse,
  request: IncomingMessage,
  body: string,
  count: number,
) => void;

/** What the learner must see of a habit. */
export interface Seen {
  /** the reply that is shown, where there is one */
  reply?: string;
  /** what is said besides: in an error, its hint, a note, a try again */
  told?: RegExp;
  /** the thought that is marked as such */
  thought?: string;
  finish?: string;
  /** 0 unless something is wrong */
  code?: number;
  /** requests for a completion; the four calls of the lesson make four where all goes well */
  requests?: number;
  timeout?: string;
}

/** A habit of a server: in plain words, what it does, what must be seen. */
export type Habit = [habit: string, reply: Reply, seen: Seen];

export const KEY = "sk-secret-0123456789";
/** How often the lesson calls its model. */
const CALLS = 4;

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

export const text =
  (body: string | Buffer, type = "text/plain", status = 200, headers = {}): Reply =>
  (response) => {
    response.writeHead(status, { ...(type !== "" && { "content-type": type }), ...headers });
    response.end(body);
  };

/** A reply with the first request, and good replies from then on. */
export const first =
  (reply: Reply, times = 1): Reply =>
  (response, request, body, count) =>
    (count <= times ? reply : good)(response, request, body, count);

export const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
export const DONE = "data: [DONE]\n\n";
export const chunk = (delta: unknown, finish: string | null = null, more = {}) => ({
  id: "x",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
export const piece = (content: string, finish: string | null = null) =>
  data(chunk({ content }, finish));
/** A part of a message whose content is a list. */
export const textPart = (text: string) => ({ type: "text", text });
/** A stream of chunks' deltas that ends as it should. */
export const deltas = (...all: unknown[]) =>
  stream(all.map((delta) => data(chunk(delta))).join("") + piece("", "stop") + DONE);
export const stream = (body: string | Buffer, type = "text/event-stream") => text(body, type);
/** A stream that stays open after what it has to say. */
export const openStream =
  (body: string): Reply =>
  (response) =>
    void response.writeHead(200, { "content-type": "text/event-stream" }).write(body);
export const whole = (message: unknown, finish: string | null = "stop", more = {}) =>
  json({
    id: "x",
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: finish }],
    ...more,
  });
export const good = stream(piece("Hello") + piece(" there", "stop") + DONE);
/** A refusal as OpenAI words it. */
export const refusal = (status: number, message: string, code: unknown = null, headers = {}) =>
  json({ error: { message, code, type: "x" } }, status, headers);

/** Plays a lesson of four calls against a server with a habit, and holds what is seen. */
export async function holds(reply: Reply, seen: Seen): Promise<void> {
  const server = await serveFaults((request, response, body, count) =>
    reply(response, request, body, count),
  );
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY };
  const argv = ["lesson", "memory/stateless", "--model", "gpt-test", "--format", "jsonl"];
  const finished = await run([...argv, "--timeout", seen.timeout ?? "12"], { env });
  await server.close();
  const asked = server.received.filter(({ path }) => path.endsWith("/chat/completions")).length;
  // Every line of stdout is JSON, or this throws.
  const events = eventsOf(finished.stdout);
  const told = events.flatMap((event) => toldIn(event)).join("\n");
  const ends = events.filter((event) => event.type === "call-end");
  const { reply: wanted, code = 0, requests = CALLS, thought, finish } = seen;

  if (seen.told) expect(told).toMatch(seen.told);
  expect([finished.code, asked, finished.stderr], told).toEqual([code, requests, ""]);
  if (wanted !== undefined) expect(ends.map((end) => end.text)).toContain(wanted);
  if (thought !== undefined) expect(ends[0]).toMatchObject({ thought });
  if (finish !== undefined) expect(ends[0]).toMatchObject({ finish });
  // What holds for every habit.
  expect(finished.stdout).not.toContain("inside llm-lab");
  expect(finished.stdout).not.toContain(KEY);
  if (code === 0) expect(ends.map((end) => end.text.trim())).not.toContain("");
  for (const end of ends) expect(end.tokens.output).toBeGreaterThan(0);
}

/** The sentences in an event. */
function toldIn(event: Record<string, unknown>): string[] {
  switch (event.type) {
    case "error-raised":
      return [`${event.message}`, `${event.hint}`];
    case "note-shown":
      return [`${event.text}`];
    case "call-retried":
      return [`try ${event.attempt}: ${event.reason}, in ${event.waitMs} ms`];
    case "parameter-refused":
      return [`refused ${event.parameter}`];
    default:
      return [];
  }
}
