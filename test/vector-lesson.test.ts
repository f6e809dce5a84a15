import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { createFrames } from "../src/stage/frames.ts";
import { createStyle } from "../src/term/style.ts";
import { widthOf } from "../src/term/text.ts";
import { servePostgres, type TestServer } from "./support/postgres.ts";
import { eventsOf, type Finished, run } from "./support/program.ts";
import { serveQdrant } from "./support/qdrant.ts";
import { soaks } from "./support/soak.ts";

const sections = curriculum.find(({ id }) => id === "vector-store")?.sections ?? [];
const servers: TestServer[] = [];
const runs: Record<string, Finished> = {};
// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
const events: Record<string, any[]> = {};

/** Each store by the flag that chooses it; a real Qdrant too, where there is one. */
const STORES: Record<string, () => Promise<{ argv: string[]; env?: Record<string, string> }>> = {
  lancedb: async () => ({ argv: [] }),
  memory: async () => ({ argv: ["--store", "memory"] }),
  pgvector: async () => {
    const server = await servePostgres();
    servers.push(server);
    return { argv: ["--store", "pgvector"], env: { POSTGRES_URL: server.url } };
  },
  qdrant: async () => {
    const server = await serveQdrant();
    servers.push(server);
    return { argv: ["--store", server.url] };
  },
};
/** As small as each step still shows something. */
const SMALL = { vectors: 500, shards: 2, batches: soaks ? 12 : 3, queries: soaks ? 25 : 5 };
const small = Object.entries(SMALL).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
const { QDRANT_URL } = process.env;
if (QDRANT_URL) STORES["a real qdrant"] = async () => ({ argv: ["--store", QDRANT_URL] });

beforeAll(async () => {
  for (const [name, open] of Object.entries(STORES)) {
    const { argv, env } = await open();
    const finished = await run(["lesson", "vector-store", "--format", "jsonl", ...small, ...argv], {
      env,
    });
    runs[name] = finished;
    events[name] = eventsOf(finished.stdout);
  }
}, 900_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

const names = Object.keys(STORES);

/** The events of a step, "search/nearest" for example. */
function stepOf(store: string, step: string) {
  const all = events[store] ?? [];
  const from = all.findIndex(
    (event) => event.type === "step-start" && event.step === `vector-store/${step}`,
  );
  return all.slice(
    from,
    all.findIndex((event, at) => at > from && event.type === "step-end"),
  );
}

/** The first table of a step, as rows. */
function tableOf(store: string, step: string): string[][] {
  return stepOf(store, step).find((event) => event.type === "table-shown")?.rows;
}

describe.each(names)("the lesson on %s", (name) => {
  test("runs to its end, section by section, and says nothing on the side", () => {
    expect(runs[name]).toMatchObject({ code: 0, stderr: "" });
    const begun = events[name]?.filter(({ type }) => type === "section-end");
    expect(begun?.map(({ section }) => section)).toEqual(
      sections.map((section) => `vector-store/${section}`),
    );
    expect(events[name]?.at(-1)).toMatchObject({ type: "lesson-end", outcome: "done" });
  });

  test.each([
    "search/nearest",
    "search/byHand",
    "search/threshold",
    "search/diverse",
    "answer/stuffed",
    "your-documents/asks",
    "filters/where",
    "filters/operators",
    "filters/collapse",
    "filters/tenants",
    "scale/shards",
  ])("%s finds what LanceDB finds", (step) => {
    expect(tableOf(name, step)).toEqual(tableOf("lancedb", step));
  });

  test("the answers are the same, and come from the same sources", () => {
    const replies = (store: string) =>
      events[store]?.filter(({ type }) => type === "call-end").map(({ text }) => text);
    expect(replies(name)).toEqual(replies("lancedb"));
    expect(replies(name)?.[0]).toMatch(/^From retrieval\.md#chunk-overlap/);
    expect(replies(name)?.[1]).toMatch(/^I don't know/);
  });

  test("what was confirmed is there after kill -9, if it can be tried", () => {
    const shown = tableOf(name, "durability/killed");
    const judged = stepOf(name, "durability/killed").at(-1);
    const verdict = name === "memory" ? "this store cannot be tested so" : "none";
    expect(judged).toMatchObject({ type: "prediction-judged", actual: verdict });
    if (name === "memory") {
      expect(shown).toBeUndefined();
      const [note] = stepOf(name, "durability/killed").filter(({ type }) => type === "note-shown");
      expect(note.text).toMatch(/^The store memory cannot/);
      return;
    }
    const [confirmed, there, lost, torn] = shown.map(([, count]) => Number(count));
    expect(confirmed).toBeGreaterThanOrEqual(100 * SMALL.batches);
    expect(there).toBeGreaterThanOrEqual(confirmed!);
    expect([lost, torn]).toEqual([0, 0]);
  });

  test("what it cannot do is said in a sentence", () => {
    const shown = events[name]?.filter(({ type }) => type === "note-shown") ?? [];
    // A prediction whose step could not run says so in a note of its own.
    const notes = new Set(
      shown.map(({ text }) => text).filter((text) => text !== "This run does not show it."),
    );
    expect([...notes].map((text) => text.split(". ")[0])).toEqual(CANNOT[name] ?? CANNOT.qdrant);
  });
});

const CANNOT: Record<string, string[]> = {
  lancedb: [],
  memory: [
    "The store memory cannot make an index",
    "The store memory cannot search for words",
    "The store memory cannot be written to by another process",
    "The store memory cannot go back in time",
    "The store memory cannot compact its files on demand",
  ],
  pgvector: ["The store pgvector cannot go back in time"],
  qdrant: [
    "The store qdrant cannot search for words",
    "The store qdrant cannot go back in time",
    "The store qdrant cannot compact its files on demand",
  ],
};

test("hybrid search on a server puts the same passage first", () => {
  const first = (store: string) =>
    tableOf(store, "hybrid/both").map(([way, found]) => [way, found?.split(", ")[0]]);
  expect(first("pgvector")).toEqual(first("lancedb"));
  expect(first("qdrant")).toEqual(first("lancedb").slice(0, 1));
});

test("a run leaves nothing on the server, even one that is interrupted", async () => {
  const [server] = servers;
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: server?.url });
  await client.connect();
  const left = async () =>
    (await client.query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'lab%'")).rows;
  expect(await left()).toEqual([]);
  for (const [section, moment] of [
    ["search", "Documents in the store"],
    ["durability", "Killed while writing"],
  ]) {
    let stopped = false;
    const argv = ["lesson", `vector-store/${section}`, "--store", server?.url ?? ""];
    const { code, stderr } = await run(argv, {
      watch(output, child) {
        if (stopped || !output.includes(moment ?? "")) return;
        stopped = true;
        setTimeout(() => child.kill("SIGINT"), 100);
      },
    });
    expect([code, stderr, await left()]).toEqual([130, "", []]);
  }
  await client.end();
});

test.each([
  ["mongodb", /There is no store called "mongodb".*Choose lancedb, pgvector, qdrant, memory/s],
  ["ftp://u:secret@host", /No store has addresses that begin with ftp:\/\/(?!.*secret)/s],
  ["pgvector", /is a server.*POSTGRES_URL/s],
  ["http://127.0.0.1:1", /127\.0\.0\.1:1/],
])("--store %s is refused in words", async (store, expected) => {
  const { code, stdout, stderr } = await run(["lesson", "vector-store/upsert", "--store", store]);
  expect(code).toBe(store.startsWith("http") ? 1 : 2);
  expect(stdout + stderr).toMatch(expected);
  expect(stdout + stderr).not.toMatch(/secret| at .*\.js/);
});

describe.each([80, 40])("at %i columns", (width) => {
  test("no line of a map, a plot or a table is wider than the screen", () => {
    const look = { style: createStyle(0), unfolded: false, foldHint: "", highlight: String };
    const frames = createFrames({ ...look, width });
    for (const event of events.lancedb ?? []) {
      const lines = frames.draw(event);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });
});
