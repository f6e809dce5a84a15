import {
  dot,
  integer,
  type LabVectorStore,
  median,
  scan,
  scattered,
  section,
  shareFound,
  vectors,
} from "../../src/lab.ts";
import { addVectors, centresOf, percent } from "./material.ts";

// An exact search compares the question with every vector, and misses nothing.
// For 100,000 vectors of 384 numbers that took 15 to 400 ms on two cores, depending
// on the store (November 2026), which is often quick enough. Beyond, an *index* looks only where
// the answer probably is. It is faster, and misses some. More: `llm-lab help recall-latency`.
const lab = section({
  title: "Recall against latency",
  kits: [vectors],
  params: {
    vectors: integer({
      default: 5000,
      min: 500,
      max: 100_000,
      help: "vectors to search in, made up around the handbook's",
    }),
    k: integer({ default: 10, min: 1, max: 50, help: "neighbours to find" }),
    queries: integer({
      default: 25,
      min: 5,
      max: 200,
      help: "searches to measure with",
    }),
  },
});

const SETTINGS: Record<string, Record<string, number>[]> = {
  "ivf-flat": [1, 2, 4, 8, 16, 32].map((nprobes) => ({ nprobes })),
  "hnsw-sq": [10, 20, 40, 80, 160].map((ef) => ({ ef })),
  hnsw: [10, 20, 40, 80, 160].map((ef) => ({ ef })),
};
const ROUNDS = 3;
const CELLS = 64;

// *Recall@k* is the share of the true k nearest that an index finds. *IVF* sorts
// the vectors into cells, here 64, and opens `nprobes` of them. *HNSW* is a graph
// of neighbours, in which a walk keeps `ef` candidates. The ending says how the
// index keeps vectors: `flat` as they are, `sq` with one byte a number. Times
// waver on a small machine; compare the recall, and measure on your own vectors.
const curve = lab.step(
  "Turn the knobs",
  async ({ handbook, store, params, plot, table, ifAble }) => {
    const { vectors: count, queries: asked, k } = params;
    const centres = await centresOf(await handbook(), await store());
    const queries = scattered(centres, count, count + asked);
    const kinds = (await store()).indexes.filter((kind) => SETTINGS[kind]);

    const curves: Curve[] = [];
    for (const kind of kinds.length > 0 ? kinds : ["hnsw" as const]) {
      const db = await store({ collection: kind });
      await addVectors(db, scattered(centres, 0, count));
      const exact = await measure(db, queries, k, { exact: true });
      const made = await ifAble(() => created(db, kind));
      if (!made) return;
      for (const knobs of [...SETTINGS[kind]!, { exact: true }]) {
        const measured = await measure(db, queries, k, knobs);
        curves.push({ kind, knobs, exact, ...measured });
      }
    }
    await table("Index and knob", COLUMNS, curves.map(rowOf));
    await plot("Recall against latency", AXES, seriesOf(curves));
  },
);

async function created(
  db: LabVectorStore,
  kind: LabVectorStore["indexes"][0],
) {
  // LanceDB makes a graph for each cell; with one, `ef` alone decides.
  await db.createIndex({ kind, cells: kind.startsWith("ivf") ? CELLS : 1 });
  return kind;
}

type Knobs = Record<string, number | boolean>;
type Measured = { ids: string[][]; ms: number };
type Curve = Measured & { kind: string; knobs: Knobs; exact: Measured };

const AXES = { x: "milliseconds, median", y: "recall, %" };
const COLUMNS = ["index", "knob", "recall", "ms"];

/** What each query finds, and how long the one in the middle takes, each at its quickest after warming up. */
async function measure(
  db: LabVectorStore,
  queries: number[][],
  k: number,
  knobs: Knobs,
): Promise<Measured> {
  const ids: string[][] = [];
  const times: number[] = [];
  for (const query of queries) {
    const found = await db.searchVector(query, { k, ...knobs });
    ids.push(found.map(({ document }) => document.id ?? ""));
  }
  for (const query of queries) {
    let quickest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      await db.searchVector(query, { k, ...knobs });
      quickest = Math.min(quickest, performance.now() - begun);
    }
    times.push(quickest);
  }
  return { ids, ms: median(times) };
}

const recallIn = ({ ids, exact }: Curve) => {
  const shares = exact.ids.map((wanted, at) =>
    shareFound(wanted, ids[at] ?? []),
  );
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
};

const nameOf = (knobs: Knobs) =>
  Object.entries(knobs)
    .map(([name, value]) => (value === true ? name : `${name} ${value}`))
    .join(" ");

const rowOf = (curve: Curve) => [
  curve.kind,
  nameOf(curve.knobs),
  percent(recallIn(curve)),
  curve.ms.toFixed(2),
];

const seriesOf = (curves: Curve[]) =>
  [...new Set(curves.map(({ kind }) => kind))].map((kind) => {
    const own = curves.filter((curve) => curve.kind === kind);
    return {
      name: `${kind}, by ${kind.startsWith("ivf") ? "nprobes" : "ef"}`,
      points: own.map((curve) => 100 * recallIn(curve)),
      xs: own.map(({ ms }) => ms),
      labels: own.map(
        ({ knobs }) => `${knobs.ef ?? knobs.nprobes ?? "exact"}`,
      ),
    };
  });

const SHRUNK: Record<
  string,
  { bytes: number; shrink(v: number[]): number[] }
> = {
  "4 bytes each, as they are": { bytes: 4, shrink: (v) => v },
  "1 byte each": {
    bytes: 1,
    shrink: (v) => {
      const most = Math.max(...v.map(Math.abs));
      return v.map((n) => (Math.round((127 * n) / most) * most) / 127);
    },
  },
  "1 bit each: the sign": { bytes: 1 / 8, shrink: (v) => v.map(Math.sign) },
};

// Vectors take memory. *Quantisation* keeps fewer bits of each number, so the
// ranking gets rough. *Refining* helps: fetch 4k candidates, compare them again
// with their full vectors, which may lie on disk, and keep the best k.
const quantised = lab.step<{ sign: number; refined: number }>(
  "Fewer bits",
  async ({ handbook, store, params, table, tell }) => {
    const centres = await centresOf(await handbook(), await store());
    const vectors = scattered(centres, 0, Math.min(2000, params.vectors));
    const queries = scattered(centres, vectors.length, vectors.length + 20);

    let told = { sign: 0, refined: 0 };
    const rows: string[][] = [];
    for (const [name, { bytes, shrink }] of Object.entries(SHRUNK)) {
      const small = vectors.map(shrink);
      let [rough, refined] = [0, 0];
      for (const query of queries) {
        const wanted = scan(vectors, query, params.k);
        const found = scan(small, shrink(query), 4 * params.k);
        rough += shareFound(wanted, found.slice(0, params.k));
        const score = (at: number) => dot(vectors[at]!, query);
        const again = found.sort((a, b) => score(b) - score(a));
        refined += shareFound(wanted, again.slice(0, params.k));
      }
      const size = `${(bytes * vectors[0]!.length).toFixed(0)}`;
      [rough, refined] = [rough / queries.length, refined / queries.length];
      rows.push([name, size, percent(rough), percent(refined)]);
      told = { sign: rounded(rough), refined: rounded(refined) };
    }
    await table("Quantisation", ["kept", "bytes", "recall", "refined"], rows);
    await tell(told);
  },
);

/** In per cent, as the table shows it. */
const rounded = (share: number) => Math.round(100 * share);

export default lab.steps(
  curve,
  quantised.predict({
    question:
      "Only the sign of each number is kept, a 32nd. How much recall is left?",
    choices: ["under half", "half to nine tenths", "more"],
    judge: ({ facts }) => {
      if (facts.sign < 50) return "under half";
      return facts.sign <= 90 ? "half to nine tenths" : "more";
    },
    why: ({ facts }) =>
      `The signs alone find ${facts.sign} % of the true neighbours. Most of the others are not far behind: refining 4k candidates finds ${facts.refined} %.`,
  }),
);
