import {
  integer,
  type LabVectorStore,
  scattered,
  section,
  shareFound,
  vectors,
} from "../../src/lab.ts";
import { addVectors, centresOf } from "./material.ts";

// What works for a thousand passages may fail for a hundred million. Measure at
// sizes that you have, see how time and space grow, and work out the rest.
const lab = section({
  title: "From a thousand to a hundred million",
  kits: [vectors],
  params: {
    vectors: integer({
      default: 5000,
      min: 500,
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

// The store grows to `vectors`. At an eighth, a quarter, a half and the whole the
// code measures writing, an exact search (the quickest of seven, since times
// waver) and the disk. It fits a line, and works out larger sizes from it.
const grows = lab.step<{ bytes: number }>(
  "What a larger collection costs",
  async ({ handbook, store, params, work, plot, table, show, tell }) => {
    const { vectors: count } = params;
    const db = await store();
    const centres = await centresOf(await handbook(), db);
    const [query = []] = scattered(centres, count, count + 1);
    const stops = [8, 4, 2, 1].map((part) => Math.ceil(count / part));
    const measured: Measured[] = [];
    let writing = 0;
    await work("written", { count, unit: "vectors" }, async (done) => {
      for (let at = 0, end = 0; at < count; at = end) {
        end = Math.min(at + BATCH, stops.find((stop) => stop > at)!);
        const vectors = scattered(centres, at, end);
        writing += await timed(() => addVectors(db, vectors, (n) => at + n));
        if (stops.includes(end))
          measured.push(await measure(db, end, query, writing));
        await done(end);
      }
    });
    await table("Measured here", COLUMNS, measured.map(rowOf));
    await plot("An exact search", AXES, [seriesOf(measured)]);
    await show("Worked out", workedOut(measured, db));
    await table("What that means", SIZES, forecast(measured, db));
    await tell({ bytes: 4 * db.collection.dimension });
  },
);

interface Measured {
  count: number;
  writing: number;
  search: number;
  disk: number | undefined;
}

async function measure(
  db: LabVectorStore,
  count: number,
  query: number[],
  writing: number,
): Promise<Measured> {
  const search = () => db.searchVector(query, { k: 10, exact: true });
  await search();
  const times: number[] = [];
  for (let round = 0; round < 7; round++) times.push(await timed(search));
  const disk = await db.diskUse();
  return { count, writing, search: Math.min(...times), disk };
}

async function timed(doing: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await doing();
  return performance.now() - begun;
}

const mega = (bytes: number) => (bytes / 1e6).toFixed(1);
const number = (value: number) => value.toLocaleString("en-US");
const COLUMNS = ["vectors", "written s", "search ms", "disk MB"];

const rowOf = ({ count, writing, search, disk }: Measured) => [
  number(count),
  (writing / 1000).toFixed(2),
  search.toFixed(1),
  disk === undefined ? "-" : mega(disk),
];

const AXES = { x: "vectors", y: "milliseconds" };
const seriesOf = (measured: Measured[]) => ({
  name: "exact search, quickest of seven",
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
memory(n), if all vectors lie there as they are = n x ${dimension} numbers x 4 bytes`;
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
  [100_000, "exact search, any store"],
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
    const db = await open({ collection: `shard-${part}-of-${shards}` });
    const own = vectors.filter((_, at) => at % shards === part);
    await addVectors(db, own, (at) => at * shards + part);
    parts.push(db);
  }
  return parts;
}

// When one machine is not enough, the collection is cut into *shards*, each on a
// machine of its own. Every shard gets the question at the same time and returns
// its own ten best, and the lists are merged. A *replica* is a copy of a shard on
// another machine. Here the shards are collections beside each other, searched
// exactly. More: `llm-lab help sharding`.
const shards = lab.step<{ merged: number }>(
  "Shards and a merge",
  async ({ handbook, store, params, table, tell }) => {
    const centres = await centresOf(await handbook(), await store());
    const vectors = scattered(centres, 0, 1000);
    const [query = []] = scattered(centres, 1000, 1001);
    const [whole] = await dealt(vectors, 1, store);
    const parts = await dealt(vectors, params.shards, store);

    const ask = async (shards: LabVectorStore[]) => {
      const lists = await Promise.all(
        shards.map((db) => db.searchVector(query, { k: 10 })),
      );
      const sorted = lists.flat().sort((a, b) => b.score - a.score);
      return sorted.slice(0, 10).map(({ document }) => document.id);
    };
    const wanted = await ask([whole!]);
    const there = async (shards: LabVectorStore[]) =>
      Math.round(shareFound(wanted, await ask(shards)) * 10);
    const [first, ...others] = parts;
    const merged = await there(parts);
    const rows: [string, number][] = [
      [`${params.shards} shards, merged`, merged],
      ["one shard is down", await there(others)],
      ["its replica answers", await there([...others, first!])],
    ];
    await table("Of the ten nearest", ["asked", "found"], rows);
    await tell({ merged });
  },
);

export default lab.steps(
  grows
    .predict({
      question:
        "Kept as they are, with 4 bytes a number: how much memory do the vectors of a million texts take?",
      choices: ["under 100 MB", "100 MB to 1 GB", "1 to 10 GB", "over 10 GB"],
      judge: ({ facts }) => {
        const gigabytes = (facts.bytes * 1e6) / 1e9;
        if (gigabytes < 0.1) return "under 100 MB";
        if (gigabytes < 1) return "100 MB to 1 GB";
        return gigabytes <= 10 ? "1 to 10 GB" : "over 10 GB";
      },
      why: ({ facts }) =>
        `This embedding model makes ${number(facts.bytes / 4)} numbers for a text, so a million take ${size(facts.bytes * 1e6)}. That grows in step with the number of vectors, and so does the time of an exact search. An index may keep 1 byte or 1 bit a number instead (vector-store/recall), or leave the vectors on disk.`,
    })
    .expect("a million vectors take gigabytes", "1 to 10 GB"),
  shards
    .predict({
      question:
        "Each shard gives its ten best, and they are merged. Is anything lost?",
      choices: ["nothing", "something"],
      judge: ({ facts }) => (facts.merged === 10 ? "nothing" : "something"),
      why: "A document among the ten best of all is among the ten best of its shard. But when a shard is down and has no replica, its share is missing, and no error says so.",
    })
    .expect("a merge of the shards' best loses nothing", "nothing"),
);
