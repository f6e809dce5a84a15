import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEndpoint } from "../src/offline/app.ts";
import { eventsOf, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

let folder = "";
let close = async () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "embedding-endpoint-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await close();
});

/** A real endpoint that takes `most` texts at once, and answers with the last vector first. */
async function serveBackwards(most: number) {
  const endpoint = createEndpoint({ countTokens: (text) => text.length });
  const sizes: number[] = [];
  const server = await serveHandler(async (request) => {
    if (!request.url.endsWith("/embeddings")) return endpoint.fetch(request);
    const body = (await request.json()) as { input: string[] };
    const texts = [body.input].flat();
    sizes.push(texts.length);
    const message = `Value error, batch size is invalid, it should not be larger than ${most}.`;
    if (texts.length > most) return Response.json({ error: { message } }, { status: 400 });
    const again = new Request(request.url, { method: "POST", body: JSON.stringify(body) });
    const reply = (await (await endpoint.fetch(again)).json()) as { data: object[] };
    return Response.json({ ...reply, data: reply.data.reverse() });
  });
  close = server.close;
  const env = {
    OPENAI_API_KEY: "sk-test-1234567890",
    OPENAI_BASE_URL: server.url,
    LLM_LAB_MODEL: "offline-tutor",
    LLM_LAB_EMBEDDING_MODEL: "offline-embedding-2",
  };
  return { env, sizes };
}

const notesOf = (stdout: string) =>
  eventsOf(stdout).flatMap(({ type, text }) => (type === "note-shown" ? [text] : []));
const ONCE =
  /does not take \d+ texts for offline-embedding-2 in one request: it is sent 10 at a time/;

test("index and ask find the right file, ten texts at a time", async () => {
  const { env, sizes } = await serveBackwards(10);
  const matters = ["boiler", "roof", "piano", "bicycle", "kettle", "garden", "letter", "harbour"];
  for (const [at, matter] of [...matters, ...matters.map((one) => `old ${one}`)].entries())
    writeFileSync(
      join(folder, `${at}.md`),
      `# The ${matter}\n\nThe ${matter} is looked after in week ${at + 1}.\n`,
    );
  const into = join(folder, "store");
  const indexed = await run(["index", folder, "--into", into, "--yes", "--format", "jsonl"], {
    env,
  });
  expect([indexed.code, indexed.stderr]).toEqual([0, ""]);
  expect(notesOf(indexed.stdout)).toEqual([expect.stringMatching(ONCE)]);
  expect(sizes.filter((size) => size > 10)).toHaveLength(1);
  const argv = ["ask", "When is the piano looked after?", "--in", into, "--format", "jsonl"];
  const asked = await run(argv, { env });
  expect(asked.code).toBe(0);
  const found = eventsOf(asked.stdout).find(({ type }) => type === "passages-found");
  expect(JSON.stringify(found.passages[0])).toContain("2.md");
});

test.each([
  ["ask --handbook", ["ask", "What is an embedding?", "--handbook", "--yes"]],
  ["a lesson", ["lesson", "vector-store/embeddings", "--yes"]],
])("%s works, and says once that fewer are sent", async (_name, argv) => {
  const { env, sizes } = await serveBackwards(2);
  const { code, stderr, stdout } = await run([...argv, "--format", "jsonl"], { env });
  expect([code, stderr]).toEqual([0, ""]);
  expect(notesOf(stdout).filter((note) => /2 at a time/.test(note))).toHaveLength(1);
  expect(sizes.filter((size) => size > 2)).toHaveLength(1);
});
