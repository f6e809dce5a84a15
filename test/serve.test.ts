import { execFile, spawnSync } from "node:child_process";
import { request } from "node:http";
import { promisify } from "node:util";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, streamText } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./support/program.ts";
import { startServer } from "./support/served.ts";

const model = "offline-tutor";
const question = "How much is 17 times 23?";

let url = "";
let stop = async () => {};
beforeAll(async () => {
  ({ url, stop } = await startServer());
});
afterAll(() => stop());

describe("clients", () => {
  // Not every machine has curl; where it is, it must work.
  test.skipIf(spawnSync("curl", ["--version"]).error !== undefined)("curl", async () => {
    const body = JSON.stringify({ model, messages: [{ role: "user", content: question }] });
    const argv = [
      "-s",
      `${url}/chat/completions`,
      "-H",
      "content-type: application/json",
      "-d",
      body,
    ];
    const { stdout } = await promisify(execFile)("curl", argv);
    expect(JSON.parse(stdout).choices[0].message.content).toContain("391");
  });

  test("OpenAI's own: whole and streamed", async () => {
    const client = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
    const messages = [{ role: "user" as const, content: question }];
    const whole = await client.chat.completions.create({ model, messages });
    let streamed = "";
    for await (const chunk of await client.chat.completions.create({
      model,
      messages,
      stream: true,
    })) {
      streamed += chunk.choices[0]?.delta.content ?? "";
    }
    expect(streamed).toBe(whole.choices[0]?.message.content);
    expect((await client.models.list()).data[0]?.id).toBe(model);
  });

  test("OpenAI's own: embeddings as numbers and in base64, and completions", async () => {
    const client = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
    const asked = { model: "offline-embedding-2", input: ["a kettle", "a court"] };
    const coded = await client.embeddings.create(asked);
    const floats = await client.embeddings.create({ ...asked, encoding_format: "float" });
    expect(floats.data).toHaveLength(2);
    for (const [at, value] of (floats.data[1]?.embedding ?? []).entries()) {
      expect(coded.data[1]?.embedding[at]).toBeCloseTo(value, 6);
    }
    const prompt = "The capital of Peru is";
    const completion = await client.completions.create({
      model: "tiny-base",
      prompt,
      temperature: 0,
      stop: ".",
    });
    expect(completion.choices[0]?.text).toBe(" Lima");
  });

  test("the Vercel AI SDK: whole and streamed", async () => {
    const provider = createOpenAICompatible({ name: "llm-lab", baseURL: url });
    const { text, usage } = await generateText({ model: provider(model), prompt: question });
    expect(text).toContain("391");
    expect(usage.totalTokens).toBeGreaterThan(0);
    let streamed = "";
    for await (const piece of streamText({ model: provider(model), prompt: question }).textStream)
      streamed += piece;
    expect(streamed).toBe(text);
  });

  test("LangChain", async () => {
    const chat = new ChatOpenAI({
      model,
      apiKey: "none",
      maxRetries: 0,
      configuration: { baseURL: url },
    });
    expect((await chat.invoke(question)).content).toContain("391");
  });
});

describe("it stays up", () => {
  const headers = { "content-type": "application/json" };
  const ask = (body: string) => fetch(`${url}/chat/completions`, { method: "POST", headers, body });

  test("with two hundred requests at once, each with its own answer", async () => {
    const asked = Array.from({ length: 200 }, async (_, at) => {
      const messages = [{ role: "user", content: `What is ${at} + ${at}?` }];
      const response = await ask(JSON.stringify({ model, messages }));
      const { choices } = (await response.json()) as {
        choices: { message: { content: string } }[];
      };
      expect(choices[0]?.message.content).toBe(`${at} + ${at} is ${2 * at}.`);
    });
    await Promise.all(asked);
  });

  test("with malformed JSON, a body that is too large, and a client that hangs up", async () => {
    expect((await ask("{oops")).status).toBe(400);
    const large = JSON.stringify({
      model,
      messages: [{ role: "user", content: "x".repeat(5_000_000) }],
    });
    const refused = await ask(large).then(
      (response) => response.status,
      () => "closed",
    );
    expect([413, "closed"]).toContain(refused);
    await new Promise<void>((resolve) => {
      const leaving = request(`${url}/chat/completions`, { method: "POST" }, (response) => {
        response.once("data", () => leaving.destroy());
        response.on("error", () => {});
        response.on("close", resolve);
      });
      leaving.on("error", () => resolve());
      leaving.end(
        JSON.stringify({
          model,
          stream: true,
          messages: [{ role: "user", content: "What is an embedding?" }],
        }),
      );
    });
    expect((await fetch(`${url}/models`)).status).toBe(200);
  });
});

describe("who may ask", () => {
  test("outside loopback a token must be given", async () => {
    const { code, stderr } = await run(["serve", "--host", "0.0.0.0"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/0\.0\.0\.0 can be reached from other machines\.\nGive a token/),
    ]);
  });

  test("with a token, a client without it is refused", async () => {
    const own = await startServer("--token", "a-long-word");
    expect((await fetch(`${own.url}/models`)).status).toBe(401);
    expect(
      (await fetch(`${own.url}/models`, { headers: { authorization: "Bearer a-long-word" } }))
        .status,
    ).toBe(200);
    await own.stop();
  });

  test.each([
    [
      ["serve", "--port", "eighty"],
      /"eighty" is not a valid value for --port\.\n--port takes a whole number/,
      2,
    ],
    [["serve", "--port", () => new URL(url).port], /Port \d+ is in use\.\nStop what uses it/, 1],
  ] as const)("%j", async (argv, sentence, exitCode) => {
    const { code, stderr } = await run(
      argv.map((part) => (typeof part === "function" ? part() : part)),
    );
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exitCode);
  });
});
