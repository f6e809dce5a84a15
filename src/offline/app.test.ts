import { ChatOpenAI } from "@langchain/openai";
import { decode, encode } from "gpt-tokenizer/encoding/cl100k_base";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { createEndpoint, offlineWire } from "./app.ts";

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const client = new OpenAI({
  apiKey: "none",
  baseURL: "http://offline.invalid/v1",
  maxRetries: 0,
  fetch: offlineWire({ countTokens }),
});
const model = "offline-tutor";
const messages = [{ role: "user" as const, content: "What is 6 times 7?" }];

describe("OpenAI's own client", () => {
  test("gets a whole reply, with usage", async () => {
    const reply = await client.chat.completions.create({ model, messages });
    expect(reply.choices).toEqual([
      expect.objectContaining({
        index: 0,
        finish_reason: "stop",
        message: expect.objectContaining({ role: "assistant", content: "6 × 7 is 42." }),
      }),
    ]);
    // three for the message, its role, its five words, and three for the start of the reply
    expect(reply.usage).toEqual({ prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 });
  });

  test("gets the same reply as a stream, piece by piece, the usage last", async () => {
    const pieces: string[] = [];
    let usage: unknown;
    const options = { include_usage: true };
    for await (const chunk of await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: options,
    })) {
      const piece = chunk.choices[0]?.delta.content;
      if (piece) pieces.push(piece);
      usage = chunk.usage ?? usage;
    }
    expect(pieces).toEqual(["6", " ×", " 7", " is", " 42."]);
    expect(usage).toMatchObject({ total_tokens: 17 });
  });

  test("gets the same answer to the same request, id included", async () => {
    const [first, second] = [
      await client.chat.completions.create({ model, messages }),
      await client.chat.completions.create({ model, messages }),
    ];
    expect(second).toEqual(first);
  });

  test("a limit of tokens and a stop are kept to", async () => {
    const limited = await client.chat.completions.create({ model, messages, max_tokens: 2 });
    expect(limited.choices[0]).toMatchObject({
      finish_reason: "length",
      message: { content: "6 ×" },
    });
    const stopped = await client.chat.completions.create({ model, messages, stop: " is" });
    expect(stopped.choices[0]?.message.content).toBe("6 × 7");
  });

  test("parts of text are one text, and tools do no harm", async () => {
    const parts = [
      {
        role: "user" as const,
        content: [
          { type: "text" as const, text: "What is " },
          { type: "text" as const, text: "2+2?" },
        ],
      },
    ];
    const tools = [{ type: "function" as const, function: { name: "f", parameters: {} } }];
    const reply = await client.chat.completions.create({ model, messages: parts, tools });
    expect(reply.choices[0]?.message.content).toBe("2 + 2 is 4.");
  });

  test("lists the models", async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([
      model,
      "tiny-base",
      "tiny-instruct",
      "tiny-preferred",
      "offline-embedding-2",
    ]);
    expect((await client.models.retrieve(model)).id).toBe(model);
  });

  test("a model that is there, but does not chat, is told apart from one that is not there", async () => {
    const said = async (model: string) => {
      const body = { model, messages } as never;
      return String(await client.chat.completions.create(body).catch((thrown) => thrown.message));
    };
    expect(await said("tiny-base")).toContain("`tiny-base` is not for /v1/chat/completions");
    expect(await said("gpt-9")).toContain("`gpt-9` does not exist here");
  });

  test.each([
    ["another model", { model: "gpt-9", messages }, 404, "model_not_found"],
    ["no messages", { model, messages: [] }, 400, "empty_array"],
    [
      "a strange role",
      { model, messages: [{ role: "king", content: "hi" }] },
      400,
      "invalid_value",
    ],
    ["too many choices", { model, messages, n: 129 }, 400, "integer_above_max_value"],
  ])("%s is an error as OpenAI words it", async (_name, body, status, code) => {
    const error = await client.chat.completions.create(body as never).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ status, code, type: "invalid_request_error" });
  });
});

describe("embeddings", () => {
  const near = (a: number[], b: number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const embed = async (input: string[]) => {
    const { data } = await client.embeddings.create({
      model: "offline-embedding-2",
      input,
      encoding_format: "float",
    });
    return data.map(({ embedding }) => embedding);
  };

  test("have length 1, and lie nearer the nearer their matter", async () => {
    const [dog, puppy, bread] = await embed([
      "My dog chews my shoes.",
      "The puppy has eaten a slipper of my dog's.",
      "How long must bread dough rest?",
    ]);
    expect(Math.hypot(...(dog ?? []))).toBeCloseTo(1, 5);
    expect(near(dog ?? [], puppy ?? [])).toBeGreaterThan(near(dog ?? [], bread ?? []) + 0.1);
    const [law, oven] = await embed(["May my landlord raise the rent?", "A recipe for the oven"]);
    const [contract] = await embed(["What the court says of contracts and tenants"]);
    expect(near(law ?? [], contract ?? [])).toBeGreaterThan(near(oven ?? [], contract ?? []));
  });

  test("come as numbers and in base64 alike, and in as many dimensions as are asked for", async () => {
    const input = "a kettle";
    const floats = await client.embeddings.create({
      model: "offline-embedding-2",
      input,
      encoding_format: "float",
      dimensions: 64,
    });
    const coded = await client.embeddings.create({
      model: "offline-embedding-2",
      input,
      dimensions: 64,
    });
    expect(floats.data[0]?.embedding).toHaveLength(64);
    coded.data[0]?.embedding.forEach((value, at) => {
      expect(value).toBeCloseTo(floats.data[0]?.embedding[at] ?? Number.NaN, 6);
    });
    expect(floats.usage).toEqual({ prompt_tokens: 2, total_tokens: 2 });
  });
});

describe("texts in all forms", () => {
  const own = new OpenAI({
    apiKey: "none",
    baseURL: "http://offline.invalid/v1",
    maxRetries: 0,
    fetch: offlineWire({ countTokens, decodeTokens: decode }),
  });
  const embedded = async (input: unknown) => {
    const body = { model: "offline-embedding-2", input, encoding_format: "float" } as never;
    return (await own.embeddings.create(body)).data.map(({ embedding }) => embedding);
  };
  const continued = async (body: object) => {
    const given = { model: "tiny-base", temperature: 0, stop: ".", ...body } as never;
    const { choices, usage }: OpenAI.Completion = await own.completions.create(given);
    return {
      texts: choices.map(({ text }) => text),
      indices: choices.map((one) => one.index),
      usage,
    };
  };
  const [peru, italy] = ["The capital of Peru is", "The capital of Italy is"];

  test("tokens, one list and several, are embedded as their text is", async () => {
    const [court, kettle] = await embedded(["a court", "a kettle"]);
    expect(await embedded(encode("a court"))).toEqual([court]);
    expect(await embedded([encode("a court"), encode("a kettle")])).toEqual([court, kettle]);
  });

  test("prompts, one and several, as text and as tokens, each with its choices", async () => {
    expect((await continued({ prompt: [peru, italy] })).texts).toEqual([" Lima", " Rome"]);
    expect((await continued({ prompt: encode(peru) })).texts).toEqual([" Lima"]);
    expect((await continued({ prompt: [encode(peru), encode(italy)] })).texts).toEqual([
      " Lima",
      " Rome",
    ]);
    const two = await continued({ prompt: [peru, italy], n: 2 });
    expect([two.texts, two.indices]).toEqual([
      [" Lima", " Lima", " Rome", " Rome"],
      [0, 1, 2, 3],
    ]);
    const one = await continued({ prompt: peru });
    expect(two.usage!.prompt_tokens).toBe(2 * one.usage!.prompt_tokens);
    const [first, second] = (await continued({ prompt: "Once", temperature: 1, n: 2 })).texts;
    expect(first).not.toBe(second);
  });

  test("an echo begins with the prompt, streamed too", async () => {
    expect((await continued({ prompt: peru, echo: true })).texts).toEqual([`${peru} Lima`]);
    expect((await continued({ prompt: peru, echo: true, max_tokens: 0 })).texts).toEqual([peru]);
    const streams = new Map<number, string>();
    const body = {
      model: "tiny-base",
      prompt: [peru, italy],
      temperature: 0,
      stop: ".",
      echo: true,
    };
    for await (const { choices } of await own.completions.create({ ...body, stream: true }))
      for (const { index, text } of choices) streams.set(index, (streams.get(index) ?? "") + text);
    expect([...streams.values()]).toEqual([`${peru} Lima`, `${italy} Rome`]);
  });

  test.each<[string, object, string, RegExp]>([
    ["/embeddings", { input: "" }, "input", /empty string/],
    ["/embeddings", { input: [] }, "input", /empty array/],
    ["/embeddings", { input: ["a", ""] }, "input[1]", /empty string/],
    ["/embeddings", { input: [[]] }, "input[0]", /empty array/],
    ["/embeddings", { input: [999_999_999] }, "input", /not tokens of cl100k_base/],
    ["/embeddings", { input: "a", dimensions: 5 }, "dimensions", />= 16/],
    [
      "/embeddings",
      { input: "a", encoding_format: "hex" },
      "encoding_format",
      /'float' and 'base64'|'float', and 'base64'/,
    ],
    ["/completions", { prompt: "a", temperature: 9 }, "temperature", /<= 2/],
    ["/completions", { prompt: "a", suffix: "b" }, "suffix", /only continues text/],
    ["/completions", { prompt: "a", best_of: 3 }, "best_of", /'n' choices/],
    ["/completions", { prompt: "a", presence_penalty: 1 }, "presence_penalty", /not supported/],
    ["/completions", { prompt: "a", echo: true, logprobs: 1 }, "echo", /together/],
    ["/completions", { prompt: "a", n: 128, max_tokens: 512 }, "max_tokens", /65536 are asked for/],
    ["/completions", { prompt: [[3, 999_999_999]] }, "prompt", /not tokens/],
  ])("%s refuses %j", async (path, body, param, words) => {
    const model = path === "/embeddings" ? "offline-embedding-2" : "tiny-base";
    const error = await own.post(path, { body: { model, ...body } }).catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param });
    expect(String(error)).toMatch(words);
  });
});

describe("the tiny models", () => {
  const complete = async (prompt: string, more = {}) => {
    const body = { model: "tiny-base", prompt, temperature: 0, max_tokens: 20, ...more };
    return (await client.completions.create(body)).choices[0];
  };

  test("the base model continues: a question with questions, a sentence with its end", async () => {
    expect((await complete("What is the capital of Italy?"))?.text).toMatch(/^\n.*(?:\?|Name)/);
    expect((await complete("The capital of Peru is", { stop: "." }))?.text).toBe(" Lima");
    expect((await complete("Q: What is the capital of Peru?\nA:", { stop: "\n" }))?.text).toBe(
      " The capital of Peru is Lima.",
    );
  });

  test("the tuned ones answer, each in its style, and say that they are done", async () => {
    const question = "What is the capital of France?";
    const plain = await complete(question, { model: "tiny-instruct", max_tokens: 40 });
    expect(plain?.text).toMatch(/^The capital of France is Paris\.(?: Ask me more!)?$/);
    expect(plain?.finish_reason).toBe("stop");
    const warm = await complete(question, { model: "tiny-preferred", max_tokens: 40 });
    expect(warm?.text).toBe("Good question! The capital of France is Paris.");
    const cut = await complete(question, { model: "tiny-instruct", max_tokens: 3 });
    expect(cut?.finish_reason).toBe("length");
  });

  test("logprobs tell the likeliest tokens, as OpenAI's API does", async () => {
    const found = (await complete("The capital of France is", { logprobs: 5, max_tokens: 2 }))
      ?.logprobs;
    expect(found?.tokens).toHaveLength(2);
    expect(Object.keys(found?.top_logprobs?.[0] ?? {})).toHaveLength(5);
    const [first] = found?.tokens ?? [];
    expect(found?.top_logprobs?.[0]?.[first ?? ""]).toBe(found?.token_logprobs?.[0]);
    const shares = Object.values(found?.top_logprobs?.[0] ?? {}).map(Math.exp);
    expect(shares[0]).toBeGreaterThan(0.5);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.000001);
  });

  test("is the same for the same seed, another for another, and streams what it gives whole", async () => {
    const asked = {
      model: "tiny-base",
      prompt: "Once upon a time",
      temperature: 1,
      max_tokens: 24,
    };
    const texts = [];
    for (const seed of [5, 5, 6])
      texts.push((await client.completions.create({ ...asked, seed })).choices[0]?.text);
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).not.toBe(texts[0]);
    let streamed = "";
    for await (const chunk of await client.completions.create({ ...asked, seed: 5, stream: true }))
      streamed += chunk.choices[0]?.text ?? "";
    expect(streamed).toBe(texts[0]);
  });

  test("top_p leaves only the likeliest", async () => {
    const asked = { temperature: 2, top_p: 0.05, max_tokens: 12 };
    expect((await complete("The capital of France is", asked))?.text).toBe(
      (await complete("The capital of France is", { max_tokens: 12 }))?.text,
    );
  });

  test.each([
    ["an empty prompt", ""],
    ["one far longer than the context", "The capital of France is Paris. ".repeat(200)],
    ["letters that it has never seen", "日本の首都は 🙂"],
    ["special tokens as text", "<|user|>What?<|assistant|>"],
  ])("%s is no trouble", async (_name, prompt) => {
    const found = await complete(prompt, { max_tokens: 100, temperature: 1 });
    expect(typeof found?.text).toBe("string");
  });

  test("a checkpoint on this machine is not for strangers", async () => {
    const error = await complete("x", { model: "tiny:/etc/passwd" }).catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 404, code: "model_not_found" });
    expect(String(error.message)).toContain("tiny-base, tiny-instruct, tiny-preferred");
  });
});

test.each([
  ["GET", "/v1/chat/completions", 405],
  ["POST", "/v1/nonsense", 404],
  ["POST", "/v1/chat/completions", 400],
])("%s %s without a body is %i with an error body", async (method, path, status) => {
  const response = await createEndpoint({ countTokens }).fetch(
    new Request(`http://x${path}`, { method }),
  );
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({
    error: { message: expect.any(String), type: "invalid_request_error" },
  });
});

test("LangChain streams from it, and an abort ends a paced reply", async () => {
  const wire = offlineWire({ countTokens, paceMs: 5 });
  const options = {
    model,
    apiKey: "none",
    maxRetries: 0,
    configuration: { baseURL: "http://offline.invalid/v1", fetch: wire },
  };
  const chat = new ChatOpenAI(options);
  const controller = new AbortController();
  let pieces = 0;
  const read = async () => {
    for await (const piece of await chat.stream("What is an embedding?", {
      signal: controller.signal,
    })) {
      if (piece.content !== "") pieces += 1;
      if (pieces === 3) controller.abort();
    }
  };
  await expect(read()).rejects.toThrow(/abort/i);
  expect(pieces).toBe(3);
});
