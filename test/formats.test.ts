import { expect, test } from "vitest";
import { createEndpoint } from "../src/offline/app.ts";
import { chunk, DONE, data, KEY } from "./support/habits.ts";
import { eventsOf, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

const says = (content: string) => ({ role: "assistant", content });
const calls = (name: string, args: string) => {
  const called = { index: 0, id: "c1", type: "function", function: { name, arguments: args } };
  return { role: "assistant", content: null, tool_calls: [called] };
};

/** Models that do not keep to what a prompt, a schema or a tool asks for. */
const MODELS: Record<string, object> = {
  "chats about it": says("Well, that depends on the weather, and on much besides."),
  "writes another object": says('{"foo": [1, 2, 3]}'),
  "stops in the middle of its object": says('{"destination": "physics", "next_inp'),
  "writes nothing but null": says("null"),
  "explains its fence": says('Sure!\n```json\n{"name": }\n```\nAnything else?'),
  "says nothing": says(""),
  "never ends its thought": says("<think>The user wants me to"),
  "calls a tool that nobody offered": calls("launch", "{}"),
  "calls a tool with half an object": calls("extract", '{"a": '),
  "calls a tool with a list": calls("extract", "[1, 2]"),
};
/** Each model fails the router, and one of the others in turn. */
const OTHERS = ["chains/now", "prompting/prompting", "prompting/now", "memory/now"];
OTHERS.push("vector-store/now");

test.each(
  Object.entries(MODELS).map(([name, message], at) => [name, message, OTHERS[at % 5]!] as const),
)(
  "a model that %s ends no section: each step that it fails is named",
  async (_name, message, other) => {
    const { url, close } = await serveModel(message);
    const env = { OPENAI_BASE_URL: url, OPENAI_API_KEY: KEY, LLM_LAB_BASE_MODEL: "tiny-base" };
    const models = ["--model", "gpt-test", "--embedding-model", "offline-embedding-2"];
    for (const section of ["chains/router", other]) {
      const argv = ["lesson", section, ...models, "--store", "memory", "--format", "jsonl"];
      const { code, stdout, stderr } = await run(argv, { env });
      const events = eventsOf(stdout);
      const raised = events.filter(({ type }) => type === "error-raised");
      const what = `${section}: ${stderr}${raised.map((event) => event.message)}`;
      expect(stdout + stderr, what).not.toMatch(/inside llm-lab/);
      const outcome = raised.length > 0 ? "partly" : "done";
      expect(events.at(-1), what).toMatchObject({ type: "lesson-end", outcome });
      expect(events.at(-1)?.failed, what).toHaveLength(raised.length);
      const [started, ended] = ["call-start", "call-end"].map(
        (of) => events.filter(({ type }) => type === of).length,
      ) as [number, number];
      const unanswered = started > ended ? started - ended : undefined;
      expect({ unanswered, ...events.at(-1)?.totals }, what).toMatchObject({
        calls: started,
        unanswered,
      });
      expect(code, what).toBe(raised.length > 0 ? 1 : 0);
    }
    await close();
  },
);

/** A server whose chat model always gives the same reply; the rest is the offline endpoint. */
function serveModel(message: object) {
  const endpoint = createEndpoint({ countTokens: (text) => text.length });
  const usage = { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 };
  const finish = "tool_calls" in message ? "tool_calls" : "stop";
  return serveHandler(async (request) => {
    if (!request.url.endsWith("/chat/completions")) return endpoint.fetch(request);
    const { stream } = (await request.json()) as { stream?: boolean };
    if (!stream) {
      const choices = [{ index: 0, message, finish_reason: finish }];
      return Response.json({ id: "x", object: "chat.completion", choices, usage });
    }
    const told = [chunk(message), chunk({}, finish), { ...chunk({}), choices: [], usage }];
    const headers = { "content-type": "text/event-stream" };
    return new Response(told.map(data).join("") + DONE, { headers });
  });
}
