import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AIMessageChunk } from "@langchain/core/messages";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import OpenAI from "openai";
import { afterAll, describe, expect, test } from "vitest";
import { CALL_FAULTS, FAULTS, REPLY_FAULTS } from "../model/fault.ts";
import {
  type Endpoint,
  type FaultKind,
  faults,
  offlineEndpoint,
  type ScriptedReply,
  scripted,
  tape,
} from "./main.ts";

const KEY = "sk-test-0123456789abcdefghij";
const chat = (endpoint: Endpoint, more: object = {}) =>
  new ChatOpenAI({
    model: "gpt-4o-mini",
    apiKey: KEY,
    maxRetries: 0,
    configuration: { fetch: endpoint.fetch, baseURL: "https://api.openai.com/v1" },
    ...more,
  });
const sdk = (endpoint: Endpoint) =>
  new OpenAI({ apiKey: KEY, maxRetries: 0, fetch: endpoint.fetch, baseURL: "http://any/v1" });

describe("my program runs against the offline endpoint", () => {
  test("it answers whatever model I name, and writes down what I sent", async () => {
    const endpoint = offlineEndpoint();
    const reply = await chat(endpoint).invoke([
      ["system", "Be brief."],
      ["human", "What is 6 times 7?"],
    ]);
    expect(reply.content).toContain("42");
    const [call] = endpoint.calls;
    expect(call).toMatchObject({
      number: 1,
      api: "chat",
      model: "gpt-4o-mini",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is 6 times 7?" },
      ],
      prompt: "system: Be brief.\nuser: What is 6 times 7?",
      tools: [],
      reply: { status: 200, text: reply.content, toolCalls: [], finish: "stop", error: undefined },
    });
    expect(call?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(call?.body.model).toBe("gpt-4o-mini");
    expect(reply.usage_metadata?.input_tokens).toBe(call?.tokens);
  });

  test("streams, the responses API, completions and embeddings work too", async () => {
    const endpoint = offlineEndpoint();
    let text = "";
    for await (const piece of await chat(endpoint).stream("What is 6 times 7?"))
      text += piece.content;
    expect(text).toContain("42");
    const client = sdk(endpoint);
    const given = { model: "gpt-6-luna", instructions: "Be brief.", input: "What is 6 times 7?" };
    const response = await client.responses.create(given);
    expect(response.output_text).toContain("42");
    await client.completions.create({ model: "davinci-002", prompt: "Once upon", max_tokens: 4 });
    const embeddings = new OpenAIEmbeddings({
      apiKey: KEY,
      configuration: { fetch: endpoint.fetch },
      encodingFormat: "float",
    });
    const [vector] = await embeddings.embedDocuments(["a kettle", "a teapot"]);
    expect(vector?.length).toBeGreaterThan(100);
    expect(endpoint.calls.map(({ api, number, reply }) => [api, number, reply?.status])).toEqual([
      ["chat", 1, 200],
      ["responses", 2, 200],
      ["completions", 3, 200],
    ]);
    expect(endpoint.calls[0]?.reply?.text).toBe(text);
    expect(endpoint.calls[1]?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(endpoint.embeddings.map(({ texts }) => texts)).toEqual([["a kettle", "a teapot"]]);
    expect((await client.models.list()).data.length).toBeGreaterThan(1);
  });

  test("calls that I make at once stand in the order in which I made them", async () => {
    const endpoint = offlineEndpoint();
    const client = sdk(endpoint);
    const ask = (content: string) =>
      client.chat.completions.create({
        model: "gpt-4o",
        messages: [{ role: "user", content }],
      });
    await Promise.all(["one", "two", "three", "four"].map(ask));
    expect(endpoint.calls.map(({ messages }) => messages[0]?.content)).toEqual([
      "one",
      "two",
      "three",
      "four",
    ]);
    endpoint.clear();
    expect(endpoint.calls).toEqual([]);
    await ask("five");
    expect(endpoint.calls.map(({ number }) => number)).toEqual([1]);
  });

  test("a program that I cannot hand a fetch gets an address, which closes", async () => {
    const endpoint = offlineEndpoint();
    const url = await endpoint.listen();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(await endpoint.listen()).toBe(url);
    const model = chat(endpoint, { configuration: { baseURL: url } });
    expect((await model.invoke("What is 6 times 7?")).content).toContain("42");
    expect(endpoint.calls.length).toBe(1);
    await endpoint.close();
    await expect(fetch(`${url}/models`)).rejects.toThrow("fetch failed");
    await endpoint.close();
  });

  test("two hundred calls at once, each streamed over a socket, get their own replies", async () => {
    const endpoint = scripted((call) => `You said ${call.messages[0]?.content}.`);
    const client = new OpenAI({ apiKey: KEY, baseURL: await endpoint.listen() });
    const ask = async (content: string) => {
      const messages = [{ role: "user" as const, content }];
      const stream = await client.chat.completions.create({ model: "m", messages, stream: true });
      let text = "";
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
      return text;
    };
    const asked = Array.from({ length: 200 }, (_, at) => `number ${at}`);
    expect(await Promise.all(asked.map(ask))).toEqual(asked.map((text) => `You said ${text}.`));
    expect(endpoint.calls.every(({ reply }) => reply?.finish === "stop")).toBe(true);
    await endpoint.close();
  });

  test("closing cuts a stream that is being read", async () => {
    const endpoint = scripted(["word ".repeat(50_000)]);
    const client = new OpenAI({ apiKey: KEY, baseURL: await endpoint.listen(), maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "Hi" }];
    const stream = await client.chat.completions.create({ model: "m", messages, stream: true });
    await stream[Symbol.asyncIterator]().next();
    await endpoint.close();
    const url = await endpoint.listen();
    expect((await fetch(`${url}/models`)).status).toBe(200);
    await endpoint.close();
  });

  test("a request that I abort is aborted", async () => {
    const endpoint = offlineEndpoint();
    const stop = AbortSignal.abort();
    await expect(endpoint.fetch("http://any/v1/models", { signal: stop })).rejects.toThrow(/abort/);
  });
});

describe("the model says what my script says", () => {
  const replies: ScriptedReply[] = [
    "Hello Ada.",
    { json: { destination: "physics", score: 0.5 } },
    { toolCalls: [{ name: "search", arguments: { query: "rye" } }] },
    { text: "It is", finish: "length" },
  ];

  test("texts, JSON, tool calls and cut replies, one a call", async () => {
    const endpoint = scripted(replies);
    const model = chat(endpoint);
    expect(endpoint.left).toBe(4);
    const first = await model.invoke("Hi, I am Ada");
    expect(first.content).toBe("Hello Ada.");
    expect(first.usage_metadata?.input_tokens).toBe(endpoint.calls[0]?.tokens);
    expect((await model.invoke("route")).content).toBe('{"destination":"physics","score":0.5}');
    expect((await model.invoke("look")).tool_calls).toMatchObject([
      { name: "search", args: { query: "rye" } },
    ]);
    const cut = await model.invoke("go on");
    expect([cut.content, cut.response_metadata.finish_reason]).toEqual(["It is", "length"]);
    expect(endpoint.left).toBe(0);
  });

  test("streamed as well, and by the other APIs", async () => {
    const endpoint = scripted([...replies, "one two three", "and more"]);
    const model = chat(endpoint);
    const streamed = async (asked: string) => {
      let all: AIMessageChunk | undefined;
      for await (const piece of await model.stream(asked)) all = all?.concat(piece) ?? piece;
      return all as AIMessageChunk;
    };
    expect((await streamed("Hi")).content).toBe("Hello Ada.");
    expect((await streamed("route")).content).toContain("physics");
    expect((await streamed("look")).tool_calls).toMatchObject([{ name: "search" }]);
    await streamed("cut");
    const client = sdk(endpoint);
    const response = await client.responses.create({ model: "gpt-6-luna", input: "Count" });
    expect(response.output_text).toBe("one two three");
    const more = await client.completions.create({ model: "davinci-002", prompt: "Once" });
    expect(more.choices[0]?.text).toBe("and more");
  });

  test("errors come as OpenAI sends them, and a connection can break", async () => {
    const endpoint = scripted([
      { status: 429, headers: { "retry-after": "7" } },
      { status: 400, message: "No.", code: "content_policy_violation" },
      { disconnect: true },
      { status: 503 },
    ]);
    const client = sdk(endpoint);
    const ask = () =>
      client.chat.completions
        .create({ model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] })
        .catch((error: unknown) => error);
    expect(await ask()).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(await ask()).toMatchObject({ status: 400, code: "content_policy_violation" });
    expect(await ask()).toBeInstanceOf(OpenAI.APIConnectionError);
    expect(await ask()).toBeInstanceOf(OpenAI.InternalServerError);
    expect(endpoint.calls.map(({ reply }) => reply?.error)).toEqual([
      "Rate limit reached for requests.",
      "No.",
      "fetch failed",
      "The server had an error while processing your request.",
    ]);
  });

  test("a connection breaks on a socket, too", async () => {
    const endpoint = scripted([{ disconnect: true }]);
    const url = await endpoint.listen();
    const body = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] });
    const headers = { "content-type": "application/json" };
    const asked = fetch(`${url}/chat/completions`, { method: "POST", headers, body });
    await expect(asked).rejects.toThrow("fetch failed");
    await endpoint.close();
  });

  test("a function writes its reply from the call", async () => {
    const endpoint = scripted((call) => `You said ${call.messages.at(-1)?.content}.`);
    expect((await chat(endpoint).invoke("hey")).content).toBe("You said hey.");
    const mixed = scripted(["first", ({ number }) => ({ json: { number } })]);
    await chat(mixed).invoke("a");
    expect((await chat(mixed).invoke("b")).content).toBe('{"number":2}');
  });

  test("a call too many is refused at once, and told what it asked", async () => {
    const endpoint = scripted(["only this"]);
    const model = chat(endpoint, { maxRetries: 6 });
    await model.invoke("first");
    await expect(model.invoke("What is my name?")).rejects.toThrow(
      '400 The script has 1 reply, and call 2 asks for another. Its prompt ends with: "What is my name?"',
    );
    expect(endpoint.calls.length).toBe(2);
    expect(endpoint.calls[1]?.reply?.error).toMatch(/^The script has 1 reply/);
  });

  test("what is not a reply is refused where I wrote it", () => {
    expect(() => scripted(["yes", { txt: "no" } as never])).toThrow(
      "Reply 2 of the script is not a reply. It may be a text, a function, or an object with one of text, toolCalls, json, status, disconnect.",
    );
  });

  test("vectors are made by llm-lab, and take no reply from the script", async () => {
    const endpoint = scripted(["Found."]);
    await sdk(endpoint).embeddings.create({ model: "text-embedding-3-small", input: "kettle" });
    expect(endpoint.left).toBe(1);
    expect((await chat(endpoint).invoke("Hi")).content).toBe("Found.");
  });
});

describe("faults", () => {
  test.each(REPLY_FAULTS.filter((kind) => kind !== "none"))(
    "%s spoils what the model says",
    async (fault) => {
      const inputs = { destination: "physics", next_inputs: { input: "Why?" } };
      const router = `\`\`\`json\n${JSON.stringify(inputs, null, 1)}\n\`\`\``;
      const sound = await chat(scripted([router])).invoke("route");
      const spoilt = await chat(scripted([router], { fault })).invoke("route");
      expect(sound.content).toBe(router);
      expect(spoilt.content).not.toBe(router);
    },
  );

  test.each(CALL_FAULTS.slice(0, 4))("%s spoils how it calls a tool", async (fault) => {
    const call = { name: "order", arguments: { product: "kettle", count: 3 } };
    const ask = async (options: { fault?: FaultKind }) => {
      const { tool_calls: calls, invalid_tool_calls: broken } = await chat(
        scripted([{ toolCalls: [call] }], options),
      ).invoke("Order 3 kettles.");
      return [calls, broken];
    };
    expect(await ask({ fault })).not.toEqual(await ask({}));
  });

  test("all kinds that --fault knows are there", () => {
    expect(faults).toEqual([...FAULTS.filter((kind) => kind !== "none"), "429", "503"]);
  });

  test.each([
    ["429", 429],
    ["503", 503],
  ] as const)("%s refuses the first try of each request", async (fault, status) => {
    const endpoint = scripted(["Hello."], { fault });
    await expect(chat(endpoint).invoke("Hi")).rejects.toMatchObject({ status });
    expect((await chat(endpoint).invoke("Hi")).content).toBe("Hello.");
    expect(endpoint.calls.map(({ reply }) => reply?.status)).toEqual([status, 200]);
  });

  test("a kind that is not there is named", () => {
    expect(() => offlineEndpoint({ fault: "half" as FaultKind })).toThrow(
      /^"half" is not a fault\. Available: unfenced-json, .*429, 503\.$/,
    );
  });
});

describe("a tape", () => {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-tape-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "chat.json");

  test("is recorded from an endpoint, and replayed without it", async () => {
    const model = scripted(["Hello Ada.", "Your name is Ada."]);
    const recorder = await tape(file, { record: model });
    await chat(recorder).invoke("I am Ada.");
    for await (const _ of await chat(recorder).stream("What is my name?"));
    await recorder.close();
    expect(readFileSync(file, "utf8")).not.toContain(KEY);
    const player = await tape(file);
    expect(player.left).toBe(2);
    expect((await chat(player).invoke("I am Ada.")).content).toBe("Hello Ada.");
    let text = "";
    for await (const piece of await chat(player).stream("What is my name?")) text += piece.content;
    expect(text).toBe("Your name is Ada.");
    expect([player.left, player.calls.length, model.calls.length]).toEqual([0, 2, 2]);
  });

  test("has no key on it, even if a reply repeats it", async () => {
    const secret = "my-own-key-0123456789";
    const told = join(folder, "told.json");
    const recorder = await tape(told, { record: scripted([`Your key is ${secret}.`]) });
    const reply = await chat(recorder, { apiKey: secret }).invoke("Hi");
    await recorder.close();
    expect(reply.content).toContain(secret);
    expect(readFileSync(told, "utf8")).toContain("Your key is ….");
  });

  test("is recorded from an address", async () => {
    const model = scripted(["Far away."]);
    const other = join(folder, "far.json");
    const recorder = await tape(other, { record: await model.listen() });
    await chat(recorder).invoke("Hi");
    await recorder.close();
    await model.close();
    expect((await chat(await tape(other)).invoke("Hi")).content).toBe("Far away.");
  });

  test("says which request it does not hold, and how it differs", async () => {
    const player = await tape(file);
    const model = chat(player, { maxRetries: 6 });
    await model.invoke("I am Ada.");
    await expect(model.invoke("What is my age?")).rejects.toThrow(
      /^400 Call 2 is not on the tape\. The tape .*chat\.json has another prompt here: line 1 is "What is my name\?" on the tape, and "What is my age\?" now\. Record it again: await tape\(/,
    );
    expect(player.left).toBe(1);
  });

  test("names a parameter that differs, a role, and the end of the tape", async () => {
    const player = await tape(file);
    await expect(chat(player, { temperature: 1 }).invoke("I am Ada.")).rejects.toThrow(
      /other parameters here: temperature is nothing on the tape, and 1 now/,
    );
    await expect(chat(player).invoke([["system", "I am Ada."]])).rejects.toThrow(
      /message 1 is of role user on the tape, and of role system now/,
    );
    await chat(player).invoke("I am Ada.");
    for await (const _ of await chat(player).stream("What is my name?"));
    await expect(chat(player).invoke("More?")).rejects.toThrow(/ends here/);
  });

  test("that is not there, or is something else, is told when it is opened", async () => {
    await expect(tape(join(folder, "none.json"))).rejects.toThrow(
      /^There is no tape .*none\.json\. Record it again: await tape\(".*none\.json", \{ record: "https:\/\/api\.openai\.com\/v1" \}\)\.$/,
    );
    writeFileSync(join(folder, "odd.json"), "[]");
    await expect(tape(join(folder, "odd.json"))).rejects.toThrow(/is not a tape/);
  });
});
