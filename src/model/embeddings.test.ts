import { OpenAIEmbeddings } from "@langchain/openai";
import { afterEach, describe, expect, test } from "vitest";
import { serveFaults } from "../../test/support/server.ts";
import { findLabError } from "../errors.ts";
import type { SmallerBatches } from "./batches.ts";
import { liveWire } from "./wire.ts";

/** What a server answers to texts: a status and a body, JSON if it is not a text. */
type Answer = (texts: string[]) => [status: number, body: unknown];

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** The vector of a text says which text it is of. */
const vectorOf = (text: string) => [Number(text), 1];
const whole = (texts: string[]) =>
  texts.map((text, index) => ({ index, embedding: vectorOf(text) }));
const ok = (data: unknown, usage?: object): [number, unknown] => [200, { data, usage }];
const numbered = (count: number) => Array.from({ length: count }, (_, at) => String(at));

/** LangChain's embeddings of as many texts, on the live wire, from a server of our own. */
async function embed(count: number, answer: Answer) {
  const sizes: number[] = [];
  const server = await serveFaults((_request, response, body) => {
    const texts = [JSON.parse(body).input].flat();
    sizes.push(texts.length);
    const [status, reply] = answer(texts);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof reply === "string" ? reply : JSON.stringify(reply));
  });
  closing.push(server.close);
  const smaller: SmallerBatches[] = [];
  const wire = liveWire({
    timeoutMs: 5000,
    backoffMs: 1,
    onSmaller: (what) => void smaller.push(what),
  });
  const embeddings = new OpenAIEmbeddings({
    model: "vectors-1",
    apiKey: "none",
    maxRetries: 0,
    encodingFormat: "float",
    batchSize: 2048,
    configuration: { baseURL: server.url, fetch: wire },
  });
  const made = await embeddings.embedDocuments(numbered(count)).catch((error) => error);
  const said = findLabError(made)?.message;
  return { made, said, sizes, smaller, embeddings, host: new URL(server.url).host, wire, server };
}

describe("vectors are put in the order of their texts", () => {
  const base64 = (text: string) =>
    Buffer.from(Float32Array.from(vectorOf(text)).buffer).toString("base64");
  test.each<[string, Answer]>([
    ["as they were sent", (texts) => ok(whole(texts))],
    ["backwards", (texts) => ok(whole(texts).reverse())],
    [
      "by the last figure",
      (texts) => ok(whole(texts).sort((a, b) => (a.index % 3) - (b.index % 3))),
    ],
    ["without any index", (texts) => ok(whole(texts).map(({ embedding }) => ({ embedding })))],
    [
      "with null for each index",
      (texts) => ok(whole(texts).map((one) => ({ ...one, index: null }))),
    ],
    [
      "with figures in text",
      (texts) =>
        ok(
          whole(texts)
            .reverse()
            .map((one) => ({ ...one, index: `${one.index}` })),
        ),
    ],
    [
      "in base64",
      (texts) => ok(texts.map((text, index) => ({ index, embedding: base64(text) })).reverse()),
    ],
  ])("%s", async (_name, answer) => {
    const { made } = await embed(7, answer);
    expect(made).toEqual(numbered(7).map(vectorOf));
  });
});

describe("what is not the vectors that were asked for is refused", () => {
  const changed =
    (at: number, change: object): Answer =>
    (texts) =>
      ok(whole(texts).map((one, place) => (place === at ? { ...one, ...change } : one)));
  test.each<[string, Answer, RegExp]>([
    ["one missing", (texts) => ok(whole(texts).slice(1)), /with 3 vectors for 4 texts/],
    ["one more", (texts) => ok([...whole(texts), ...whole(["9"])]), /with 5 vectors for 4 texts/],
    ["none", () => ok([]), /with 0 vectors for 4 texts/],
    ["an index twice", changed(2, { index: 1 }), /two vectors of index 1, and so one is missing/],
    ["an index too large", changed(3, { index: 4 }), /index 4, where 4 texts were sent \(0 to 3\)/],
    [
      "counted from 1",
      (texts) => ok(whole(texts).map((one) => ({ ...one, index: one.index + 1 }))),
      /index 4, where/,
    ],
    ["an index below 0", changed(0, { index: -1 }), /index -1, where/],
    ["half an index", changed(0, { index: 0.5 }), /index 0\.5, where/],
    ["an index of one only", changed(1, { index: undefined }), /does not say which text it is of/],
    [
      "another length",
      changed(2, { embedding: [1, 2, 3] }),
      /a vector of 3 numbers for text 3, not 2/,
    ],
    ["an empty vector", changed(1, { embedding: [] }), /no vector in the place of text 2/],
    ["no vector", changed(1, { embedding: null }), /no vector in the place of text 2/],
    [
      "null for a vector",
      (texts) => ok([null, ...whole(texts).slice(1)]),
      /does not say which text/,
    ],
    [
      "a null in a vector",
      changed(1, { embedding: [1, null] }),
      /null among the numbers of the vector of text 2/,
    ],
    [
      "a text in a vector",
      changed(1, { embedding: ["1", 2] }),
      /"1" among the numbers of the vector of text 2/,
    ],
    ["a list in a vector", changed(0, { embedding: [[1, 2], 3] }), /\[1,2\] among the numbers/],
    [
      "a number past all",
      () => [
        200,
        '{"data":[{"embedding":[1e999,1]},{"embedding":[1,1]},{"embedding":[1,1]},{"embedding":[1,1]}]}',
      ],
      /Infinity among the numbers of the vector of text 1/,
    ],
    [
      "NaN, as Python writes it",
      () => [200, '{"data":[{"index":0,"embedding":[NaN,1]}]}'],
      /with NaN among the numbers of a vector/,
    ],
    [
      "-Infinity",
      () => [200, '{"data":[{"index":0,"embedding":[1, -Infinity]}]}'],
      /with -Infinity among/,
    ],
    ["half a base64 number", changed(0, { embedding: "AAA=" }), /no vector in the place of text 1/],
    ["no list", () => ok(undefined), /without vectors in it/],
    ["an object for the list", () => ok({ embedding: [1] }), /without vectors in it/],
    ["null", () => [200, "null"], /without vectors in it/],
  ])("%s", async (_name, answer, sentence) => {
    const { said, host, sizes } = await embed(4, answer);
    expect(said).toMatch(sentence);
    expect(said).toContain(host);
    expect(sizes).toEqual([4]);
  });

  test("batches of different lengths", async () => {
    const { said, host } = await embed(4, (texts) =>
      texts.length > 2
        ? [413, ""]
        : ok(texts.map((text, index) => ({ index, embedding: text < "2" ? [1, 2] : [1, 2, 3] }))),
    );
    expect(said).toMatch(/a vector of 3 numbers for text 3, not 2/);
    expect(said).toContain(host);
  });
});

describe("a server that takes fewer texts at once is sent fewer", () => {
  const openai = (message: string) => ({ error: { message, type: "invalid_request_error" } });
  test.each<[string, number, number, unknown, number[]]>([
    [
      "DashScope",
      10,
      400,
      openai(
        "<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 10.: input.contents",
      ),
      [25, 10, 10, 5],
    ],
    [
      "TEI",
      32,
      413,
      { error: "batch size 70 > maximum allowed batch size 32", error_type: "Validation" },
      [70, 32, 32, 6],
    ],
    [
      "TEI, newer",
      32,
      422,
      {
        message: "Input validation error: batch size 70 > maximum allowed batch size 32",
        type: "Validation",
      },
      [70, 32, 32, 6],
    ],
    [
      "Gemini",
      100,
      400,
      [
        {
          error: {
            code: 400,
            message:
              "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch",
            status: "INVALID_ARGUMENT",
          },
        },
      ],
      [198, 100, 98],
    ],
    [
      "Azure",
      16,
      400,
      openai(
        "Too many inputs. The max number of inputs is 16.  We hope to increase the number of inputs per request soon.",
      ),
      [20, 16, 4],
    ],
    [
      "OpenAI",
      2048,
      400,
      openai(
        "Invalid 'input': array too long. Expected an array with maximum length 2048, but got an array with length 2050 instead.",
      ),
      [],
    ],
    [
      "OpenAI, tokens",
      20,
      400,
      openai(
        "Requested 400000 tokens, max 300000 tokens per request. Reduce the inputs: too many tokens in this request.",
      ),
      [40, 20, 20],
    ],
    [
      "Cohere",
      96,
      400,
      { message: "invalid request: total number of texts must be at most 96 - received 100" },
      [100, 96, 4],
    ],
    [
      "Voyage",
      8,
      400,
      {
        detail:
          "Request to model 'voyage-3' failed. The max allowed tokens per submitted batch is 120000. Please lower the number of tokens in the batch.",
      },
      [16, 8, 8],
    ],
    [
      "Mistral",
      7,
      400,
      { object: "error", message: "Too many tokens overall, split into more batches." },
      [20, 10, 5, 5, 5, 5],
    ],
    [
      "FastAPI",
      32,
      422,
      {
        detail: [
          {
            type: "too_long",
            loc: ["body", "input"],
            msg: "List should have at most 32 items after validation, not 40",
          },
        ],
      },
      [40, 32, 8],
    ],
    [
      "Zhipu",
      64,
      400,
      { error: { code: "1214", message: "输入数组长度最大不得超过64条" } },
      [70, 64, 6],
    ],
    [
      "a proxy before it",
      12,
      413,
      "<html><h1>413 Request Entity Too Large</h1></html>",
      [40, 20, 10, 10, 10, 10],
    ],
    ["without a word", 3, 413, "", [8, 4, 2, 2, 2, 2]],
  ])("%s", async (_name, most, status, refusal, sizes) => {
    const count = sizes[0] ?? 2048;
    const found = await embed(count, (texts) =>
      texts.length > most
        ? [status, refusal]
        : ok(whole(texts), { prompt_tokens: texts.length, total_tokens: texts.length }),
    );
    expect(found.made).toEqual(numbered(count).map(vectorOf));
    if (sizes.length > 0) expect(found.sizes).toEqual(sizes);
    const taken = found.sizes.find((size) => size <= most);
    expect(found.smaller).toEqual(
      count > most ? [{ host: found.host, model: "vectors-1", refused: count, batch: taken }] : [],
    );
  });

  test("for the rest of the run, said once, with the tokens of all", async () => {
    const { embeddings, sizes, smaller, wire, server } = await embed(12, (texts) =>
      texts.length > 5
        ? [400, openai("batch size is invalid")]
        : ok(whole(texts), { prompt_tokens: 2 * texts.length, total_tokens: 2 * texts.length }),
    );
    sizes.length = 0;
    expect(await embeddings.embedDocuments(numbered(7))).toEqual(numbered(7).map(vectorOf));
    expect(await embeddings.embedQuery("3")).toEqual([3, 1]);
    expect(sizes).toEqual([3, 3, 1, 1]);
    expect(smaller).toHaveLength(1);
    const body = JSON.stringify({ model: "vectors-1", input: numbered(8) });
    const reply = await wire(`${server.url}/embeddings`, { method: "POST", body });
    expect(((await reply.json()) as { usage: object }).usage).toEqual({
      prompt_tokens: 16,
      total_tokens: 16,
    });
  });

  test.each<[string, number, unknown, RegExp, number]>([
    [
      "another fault",
      400,
      openai("model vectors-1 cannot embed"),
      /refused the request \(400\): model vectors-1 cannot embed/,
      1,
    ],
    ["a single text", 413, { error: "too large" }, /refused the request \(413\): too large/, 3],
    ["a key that it refuses", 401, openai("too many inputs for this key"), /refused the key/, 1],
  ])("but not for %s", async (_name, status, refusal, sentence, requests) => {
    const { said, sizes, smaller } = await embed(4, () => [status, refusal]);
    expect(said).toMatch(sentence);
    expect(sizes).toHaveLength(requests);
    expect(smaller).toEqual([]);
  });
});
