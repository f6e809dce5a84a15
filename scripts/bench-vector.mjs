/**
 * How fast the vector stores are: `npm run bench:vector`, with `--sizes 1000,10000` and `--stores lancedb,memory`; `--short` only
 * shows that it runs.
 *
 * Times are ratios to an exact scan of a Float32Array in this process: machines differ, ratios less so. The
 * vectors have 384 numbers and lie in clusters, as those of texts do. pgvector runs on PGlite in a process of
 * its own, or on the server of POSTGRES_URL; Qdrant only where QDRANT_URL names one.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadSources } from "./bundle.mjs";

const DIMENSION = 384;
const K = 10;
const QUERIES = 50;
const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000,100000" },
    short: { type: "boolean", default: false },
    stores: { type: "string", default: "lancedb,pgvector,qdrant,memory" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "llm-lab-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const { openStore } = await loadSources("vector/engines");
const lancedb = await import("@lancedb/lancedb");

const embeddings = { embedQuery: async () => [], embedDocuments: async () => [] };
const WAYS = {
  lancedb: [
    { name: "exact" },
    { name: "hnsw-sq, ef 80", index: { kind: "hnsw-sq" }, knobs: { ef: 80 } },
    {
      name: "ivf-rq, nprobes 20, refine 4",
      index: { kind: "ivf-rq" },
      knobs: { nprobes: 20, refine: 4 },
    },
  ],
  pgvector: [
    { name: "exact" },
    { name: "hnsw, ef 80", index: { kind: "hnsw" }, knobs: { ef: 80 } },
  ],
  qdrant: [
    { name: "exact", knobs: { exact: true } },
    { name: "hnsw, ef 80", knobs: { ef: 80 } },
  ],
  memory: [{ name: "exact" }],
};

console.log(`Node ${process.version}, ${DIMENSION} dimensions, k = ${K}, ${QUERIES} queries`);
for (const size of (flags.short ? "200" : flags.sizes).split(",").map(Number)) {
  const vectors = clustered(size, 1);
  const queries = clustered(QUERIES, 2);
  const documents = vectors.map((_, n) => ({
    id: `d${n}`,
    pageContent: `Document ${n}`,
    metadata: { n, tenant: `t${n % 100}` },
  }));
  const flat = flatten(vectors);
  const truth = queries.map((query) => scan(flat, query));
  const [base] = await timed(queries, async (query) => scan(flat, query));
  console.log(
    `\n${size} vectors; an exact scan of a Float32Array takes ${base.toFixed(2)} ms (p50) here`,
  );
  print(["store", "way", "rows/s", "build s", "p50", "p95", "recall@10"]);
  for (const store of flags.stores.split(",")) {
    const place = await placeOf(store, size);
    if (!place) continue;
    await benchStore(store, place, { vectors, queries, documents, truth, base });
    await place.close();
  }
}

async function benchStore(name, place, { vectors, queries, documents, truth, base }) {
  const store = await openStore({
    ...place.options,
    embeddings,
    model: "bench",
    dimension: DIMENSION,
    collection: "bench",
  });
  const started = performance.now();
  for (let start = 0; start < vectors.length; start += 1000)
    await store.addVectors(
      vectors.slice(start, start + 1000),
      documents.slice(start, start + 1000),
    );
  const rate = vectors.length / ((performance.now() - started) / 1000);
  for (const way of WAYS[name]) {
    const from = performance.now();
    if (way.index) await store.createIndex(way.index);
    const build = way.index ? ((performance.now() - from) / 1000).toFixed(1) : "-";
    const found = [];
    const [p50, p95] = await timed(queries, async (query, n) => {
      const hits = await store.searchVector(query, { k: K, ...way.knobs });
      found[n] = hits.map(({ document }) => document.metadata.n);
    });
    const hits = truth.map((right, n) => right.filter((one) => found[n].includes(one)).length);
    const recall = hits.reduce((sum, one) => sum + one, 0) / (K * truth.length);
    print([
      name,
      way.name,
      rate.toFixed(0),
      build,
      ratio(p50, base),
      ratio(p95, base),
      recall.toFixed(3),
    ]);
    if (name === "lancedb" && !way.index)
      await againstNative(store, place.options.path, { vectors, queries, documents });
  }
  await store.drop();
}

/** Our class beside the call it makes, one after the other in turn, so that noise meets both alike. */
async function againstNative(store, path, { vectors, queries, documents }) {
  const db = await lancedb.connect(path, { readConsistencyInterval: 0 });
  const table = await db.openTable("bench");
  const native = (query) =>
    table
      .vectorSearch(query)
      .distanceType("cosine")
      .select(["id", "content", "metadata", "_distance"])
      .limit(K)
      .toArray();
  const ours = (query) => store.similaritySearchVectorWithScore(query, K);
  const search = await inTurn(queries, ours, native);
  const batches = Array.from({ length: 15 }, (_, n) => n);
  const few = Math.min(1000, vectors.length);
  const rows = vectors.slice(0, few).map((vector, n) => {
    const { id, pageContent, metadata } = documents[n];
    const tags = Object.entries(metadata).map((field) => JSON.stringify(field));
    return {
      id,
      vector,
      content: pageContent,
      metadata: JSON.stringify(metadata),
      tags,
      keys: ['"n"'],
      numbers: [metadata.n],
    };
  });
  const write = await inTurn(
    batches,
    () => store.addVectors(vectors.slice(0, few), documents.slice(0, few)),
    () => table.mergeInsert("id").whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows),
  );
  await store.compact();
  print([
    "",
    "our class / native call",
    "",
    "",
    `search ${search.toFixed(2)}`,
    `write ${write.toFixed(2)}`,
    "",
  ]);
  if (!flags.short && (search > 1.1 || write > 1.1)) process.exitCode = 1;
  table.close();
  db.close();
}

/** The median of the ratios of two ways to do the same, each after the other and the other way round. */
async function inTurn(items, one, other) {
  const ratios = [];
  const clock = async (work, item) => {
    const started = performance.now();
    await work(item);
    return performance.now() - started;
  };
  for (const item of [...items, ...items]) {
    const swap = ratios.length % 2 === 1;
    const first = await clock(swap ? other : one, item);
    const second = await clock(swap ? one : other, item);
    ratios.push(swap ? second / first : first / second);
  }
  return sorted(ratios)[ratios.length >> 1];
}

async function placeOf(store, size) {
  if (store === "memory") return { options: { store }, close: async () => {} };
  if (store === "lancedb") {
    const path = join(folder, `lance-${size}`);
    const close = async () => rmSync(path, { recursive: true, force: true });
    return { options: { store, path }, close };
  }
  const url = store === "qdrant" ? process.env.QDRANT_URL : process.env.POSTGRES_URL;
  if (url) return { options: { store, url }, close: async () => {} };
  if (store === "pgvector") return servePglite();
  print([store, "does not run here"]);
  return undefined;
}

async function servePglite() {
  const child = fork(fileURLToPath(new URL("./bench-postgres.mjs", import.meta.url)));
  const url = await new Promise((resolve) => child.once("message", resolve));
  const close = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
  };
  return { options: { store: "pgvector", url }, close };
}

/** Unit vectors around a thousand centres, the same in every run. */
function clustered(count, seed) {
  const random = randomFrom(seed);
  const centres = Array.from({ length: 1000 }, (_, n) => {
    const own = randomFrom(1000 + n);
    return Float64Array.from({ length: DIMENSION }, () => own() - 0.5);
  });
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * centres.length)];
    const vector = Array.from(centre, (value) => value + 0.8 * (random() - 0.5));
    const length = Math.hypot(...vector);
    return vector.map((value) => Math.fround(value / length));
  });
}

function flatten(vectors) {
  const flat = new Float32Array(vectors.length * DIMENSION);
  vectors.forEach((vector, n) => {
    flat.set(vector, n * DIMENSION);
  });
  return flat;
}

/** The places of the K nearest of unit vectors that lie one after the other. */
function scan(flat, query) {
  const target = Float32Array.from(query);
  const best = [];
  let least = -Infinity;
  for (let n = 0, at = 0; at < flat.length; n++) {
    let score = 0;
    for (let i = 0; i < DIMENSION; i++) score += flat[at++] * target[i];
    if (score <= least) continue;
    best.push({ n, score });
    best.sort((a, b) => b.score - a.score);
    if (best.length > K) best.pop();
    if (best.length === K) least = best[K - 1].score;
  }
  return best.map((one) => one.n);
}

/** p50 and p95 in ms, after one round to warm up. */
async function timed(items, work) {
  for (const [n, item] of items.slice(0, 5).entries()) await work(item, n);
  const times = [];
  for (const [n, item] of items.entries()) {
    const started = performance.now();
    await work(item, n);
    times.push(performance.now() - started);
  }
  const all = sorted(times);
  return [all[Math.floor(all.length * 0.5)], all[Math.floor(all.length * 0.95)]];
}

function sorted(numbers) {
  return [...numbers].sort((a, b) => a - b);
}

function ratio(ms, base) {
  return `${(ms / base).toFixed(2)}x`;
}

function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function print(cells) {
  const widths = [9, 30, 8, 8, 12, 12, 9];
  console.log(
    cells
      .map((cell, n) => String(cell).padEnd(widths[n]))
      .join(" ")
      .trimEnd(),
  );
}
