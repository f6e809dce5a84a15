import {
  integer,
  type LabVectorStore,
  median,
  scattered,
  section,
  shareFound,
  vectors,
} from "../../src/lab.ts";
import { addVectors, centresOf } from "./material.ts";

// What works for a thousand passages need not work for a hundred million. So
// measure at sizes that you have, see by which law it grows, and work out the
// rest.
const lab = section({
  title: "From a thousand to a hundred million",
  kits: [vectors],
  params: {
    vectors: integer({
      default: 5000,
      min: 1000,
      max: 100_000,
      help: "vectors to grow to; 100000 take a while",
    }),
    shards: integer({
      default: 4,
      min: 2,
      max: 16,
      help: "parts to cut a collection into",
    }),
  },
});

const BATCH = 500;

// The store grows to `vectors`, and at an eighth, a quarter, a half and the whole
// it is measured: the time for writing, for an exact search (the median of some),
// what this process holds in memory, and what lies on disk.
const grows = lab.step(
  "It grows",
  async ({ handbook, store, params, memory, work, plot, table, show }) => {
    const { vectors: count } = params;
    const db = await store();
    const centres = await centresOf(await handbook(), db);
    const [query = []] = scattered(centres, count, count + 1);
    const stops = [8, 4, 2, 1].map((part) => Math.ceil(count / part));
    const measured: Measured[] = [];
    const [before, unit] = [memory(), "vectors"];
    let writing = 0;
    await work("written", { count, unit }, async (done) => {
      for (let at = 0, end = 0; at < count; at = end) {
        end = Math.min(at + BATCH, stops.find((stop) => stop > at)!);
        const vectors = scattered(centres, at, end);
        writing += await timed(() => addVectors(db, vectors, (n) => at + n));
        if (stops.includes(end)) {
          const used = { writing, memory: memory() - before };
          measured.push(await measure(db, end, query, used));
        }
        await done(end);
      }
    });
    await table("Measured here", COLUMNS, measured.map(rowOf));
    await plot("An exact search", AXES, [seriesOf(measured)]);
    await show("Worked out", workedOut(measured, db));
    await table("What that means", SIZES, forecast(measured, db));
  },
);

interface Measured {
  count: number;
  writing: number;
  search: number;
  memory: number;
  disk: number | undefined;
}

async function measure(
  db: LabVectorStore,
  count: number,
  query: number[],
  used: { writing: number; memory: number },
): Promise<Measured> {
  const search = () => db.searchVector(query, { k: 10, exact: true });
  await search();
  const times: number[] = [];
  for (let round = 0; round < 7; round++) times.push(await timed(search));
  const disk = await db.diskUse();
  return { count, ...used, search: median(times), disk };
}

async function timed(doing: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await doing();
  return performance.now() - begun;
}

const mega = (bytes: number) => (bytes / 1e6).toFixed(1);
const number = (value: number) => value.toLocaleString("en-US");
const COLUMNS = ["vectors", "written s", "search ms", "memory MB", "disk MB"];

const rowOf = ({ count, writing, search, memory, disk }: Measured) => [
  number(count),
  (writing / 1000).toFixed(2),
  search.toFixed(1),
  mega(Math.max(0, memory)),
  disk === undefined ? "-" : mega(disk),
];

const AXES = { x: "vectors", y: "milliseconds" };
const seriesOf = (measured: Measured[]) => ({
  name: "exact search, median",
  points: measured.map(({ search }) => search),
  xs: measured.map(({ count }) => count),
});

// A straight line by least squares: so much at the start, so much for each.
function line(measured: Measured[]): { start: number; each: number } {
  const n = measured.length;
  const [x, y] = [
    measured.reduce((sum, { count }) => sum + count, 0) / n,
    measured.reduce((sum, { search }) => sum + search, 0) / n,
  ];
  const top = measured.reduce(
    (s, m) => s + (m.count - x) * (m.search - y),
    0,
  );
  const bottom = measured.reduce((s, m) => s + (m.count - x) ** 2, 0);
  const each = Math.max(0, top / bottom);
  return { start: Math.max(0, y - each * x), each };
}

function workedOut(measured: Measured[], db: LabVectorStore): string {
  const { dimension } = db.collection;
  const { start, each } = line(measured);
  const last = measured.at(-1)!;
  const disk =
    last.disk === undefined
      ? `disk(n): ${db._vectorstoreType()} does not tell; at least as much as in memory`
      : `disk(n) = n x ${(last.disk / last.count).toFixed(0)} bytes`;
  return `search(n) = ${start.toFixed(1)} ms + n x ${(1000 * each).toFixed(2)} us
write(n) = n x ${((1000 * last.writing) / last.count).toFixed(0)} us
${disk}
memory(n), for a quick index = n x ${dimension} numbers x 4 bytes`;
}

const SIZES = [
  "vectors",
  "exact search",
  "write",
  "disk",
  "in memory",
  "then",
];
const ENGINES: [number, string][] = [
  [10_000, "any store, exact"],
  [1_000_000, "an index: LanceDB, pgvector"],
  [100_000_000, "shards and quantisation: Qdrant, Citus"],
];

function forecast(measured: Measured[], db: LabVectorStore): string[][] {
  const bytes = 4 * db.collection.dimension;
  const { start, each } = line(measured);
  const last = measured.at(-1)!;
  const perVector = (last.disk ?? last.count * bytes) / last.count;
  return ENGINES.map(([count, engine]) => [
    number(count),
    span(start + each * count),
    span((last.writing / last.count) * count),
    size(perVector * count),
    size(bytes * count),
    engine,
  ]);
}

function span(ms: number): string {
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 7_200_000) return `${(ms / 60_000).toFixed(0)} min`;
  return `${(ms / 3_600_000).toFixed(0)} h`;
}

const size = (bytes: number) =>
  bytes < 1e9
    ? `${(bytes / 1e6).toFixed(0)} MB`
    : `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;

type Open = (wish: { collection: string }) => Promise<LabVectorStore>;

/** Vectors dealt out to collections, in turn. */
async function dealt(vectors: number[][], shards: number, open: Open) {
  const parts: LabVectorStore[] = [];
  for (let part = 0; part < shards; part++) {
    const db = await open({ collection: `shard-${part}` });
    const own = vectors.filter((_, at) => at % shards === part);
    await addVectors(db, own, (at) => at * shards + part);
    parts.push(db);
  }
  return parts;
}

// When one machine is not enough, the collection is cut into *shards*, each on a
// machine of its own. A question goes to all of them at once; each gives its k
// best, and the best k of those are the answer. Nothing is lost by it, since
// whatever is among the k best of all is among the k best of its shard. A
// *replica* is a copy of a shard on another machine: if one is down and has none,
// its share of the answers is missing, and no error tells you.
const shards = lab.step(
  "Shards and a merge",
  async ({ handbook, store, params, table }) => {
    const centres = await centresOf(await handbook(), await store());
    const vectors = scattered(centres, 0, 1000);
    const [query = []] = scattered(centres, 1000, 1001);
    const whole = await store({ collection: "whole" });
    await addVectors(whole, vectors);
    const parts = await dealt(vectors, params.shards, store);

    const ask = async (shards: LabVectorStore[]) => {
      const lists = await Promise.all(
        shards.map((db) => db.searchVector(query, { k: 10 })),
      );
      const merged = lists.flat().sort((a, b) => b.score - a.score);
      return merged.slice(0, 10).map(({ document }) => document.id);
    };
    const wanted = await ask([whole]);
    const there = async (shards: LabVectorStore[]) =>
      shareFound(wanted, await ask(shards)) * 10;
    const [first, ...others] = parts;
    const rows: [string, number][] = [
      [`${params.shards} shards, merged`, await there(parts)],
      ["one shard is down", await there(others)],
      ["its replica answers", await there([...others, first!])],
    ];
    await table("Of the ten nearest", ["asked", "found"], rows);
  },
);

export default lab.steps(
  grows.predict({
    question:
      "Twice as many vectors: how much longer does an exact search take?",
    choices: ["as long", "about twice as long", "four times as long"],
    judge: (run) => {
      const times = run.tables[0]?.rows.map((row) => Number(row[2])) ?? [];
      const ratio = ((times.at(-1) ?? 1) / (times[0] ?? 1)) ** (1 / 3);
      if (ratio < 1.3) return "as long";
      return ratio < 3 ? "about twice as long" : "four times as long";
    },
  }),
  shards.predict({
    question:
      "Each shard gives its ten best, and they are merged. Is anything lost?",
    choices: ["nothing", "something"],
    judge: (run) =>
      run.tables[0]?.rows[0]?.[1] === "10" ? "nothing" : "something",
  }),
);
