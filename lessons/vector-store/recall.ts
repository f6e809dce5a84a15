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
  short: { vectors: 1500, queries: 8 },
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
// index keeps vectors: `flat` as they are, `sq` with one byte a number. Each search is
// warmed up first, and its time is given as a share of the exact search's: that wavers
// less than milliseconds. Measure on your own vectors.
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
      const made = await ifAble(() => created(db, kind));
      if (!made) return;
      const exact = await measure(db, queries, k, { exact: true });
      for (const knobs of SETTINGS[kind]!) {
        const measured = await measure(db, queries, k, knobs);
        curves.push({ kind, knobs, exact, ...measured });
      }
      curves.push({ kind, knobs: { exact: true }, exact, ...exact });
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

const AXES = { x: "% of the exact search's time", y: "recall, %" };
const COLUMNS = ["index", "knob", "recall", "time"];

/**
 * What each query finds, and how long the one in the middle takes, each at its quickest after
 * warming up.
 */
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
  percent(timeOf(curve)),
];

/** As a share of the exact search's. */
const timeOf = ({ ms, exact }: Curve) => ms / exact.ms;

const seriesOf = (curves: Curve[]) =>
  [...new Set(curves.map(({ kind }) => kind))].map((kind) => {
    const own = curves.filter((curve) => curve.kind === kind);
    return {
      name: `${kind}, by ${kind.startsWith("ivf") ? "nprobes" : "ef"}`,
      points: own.map((curve) => 100 * recallIn(curve)),
      xs: own.map((curve) => 100 * timeOf(curve)),
      labels: own.map(
        ({ knobs }) => `${knobs.ef ?? knobs.nprobes ?? "exact"}`,
      ),
    };
  });

type Shrink = (vector: number[]) => number[];

/** Each number in steps of a 127th of `most`; what is beyond is cut off. */
const inBytes = (most: number, vector: number[]) =>
  vector.map((n) => (Math.round((127 * n) / most) * most) / 127);
const largest = (vector: number[]) => Math.max(...vector.map(Math.abs));

const shrinkers = (vectors: number[][]): [string, number, Shrink][] => {
  const most = Math.max(...vectors.map(largest));
  return [
    ["4 bytes each, as they are", 4, (v) => v],
    ["1 byte, a scale a vector", 1, (v) => inBytes(largest(v), v)],
    ["1 byte, one scale for all", 1, (v) => inBytes(most, v)],
    ["1 bit each: the sign", 1 / 8, (v) => v.map(Math.sign)],
  ];
};

// Vectors take memory. *Vector quantisation* keeps fewer bits of each number, so the
// ranking gets rough. With 1 byte there are 255 steps, and it matters how they are
// spread: `sq` in the step before has one scale for all vectors, which the largest
// number of all sets. Refining helps: fetch 4k candidates, compare them again
// with their full vectors, which may lie on disk, and keep the best k. More:
// `llm-lab help vector-quantisation`.
const quantised = lab.step<{ sign: number; refined: number; byte: number }>(
  "Fewer bits",
  async ({ handbook, store, params, table, tell }) => {
    const centres = await centresOf(await handbook(), await store());
    const vectors = scattered(centres, 0, Math.min(2000, params.vectors));
    const queries = scattered(centres, vectors.length, vectors.length + 20);

    const shares: { rough: number; refined: number }[] = [];
    const rows: string[][] = [];
    for (const [name, bytes, shrink] of shrinkers(vectors)) {
      const share = recallWith(shrink, vectors, queries, params.k);
      const size = `${(bytes * vectors[0]!.length).toFixed(0)}`;
      const { rough, refined } = share;
      rows.push([name, size, percent(rough), percent(refined)]);
      shares.push(share);
    }
    await table("Quantisation", ["kept", "bytes", "recall", "refined"], rows);
    const [, , byte, sign] = shares;
    await tell({
      sign: rounded(sign!.rough),
      refined: rounded(sign!.refined),
      byte: rounded(byte!.rough),
    });
  },
);

/** The share of the true k nearest that the shrunk vectors find, alone and refined. */
function recallWith(
  shrink: Shrink,
  vectors: number[][],
  queries: number[][],
  k: number,
) {
  const small = vectors.map(shrink);
  let [rough, refined] = [0, 0];
  for (const query of queries) {
    const wanted = scan(vectors, query, k);
    const found = scan(small, shrink(query), 4 * k);
    rough += shareFound(wanted, found.slice(0, k));
    const score = (at: number) => dot(vectors[at]!, query);
    const again = found.sort((a, b) => score(b) - score(a));
    refined += shareFound(wanted, again.slice(0, k));
  }
  return { rough: rough / queries.length, refined: refined / queries.length };
}

/** In per cent, as the table shows it. */
const rounded = (share: number) => Math.round(100 * share);

export default lab.steps(
  curve.expect("an exact search misses nothing", ({ tables }) =>
    (tables[0]?.rows ?? [])
      .filter(([, knob]) => knob === "exact")
      .every(([, , recall]) => recall === "100 %"),
  ),
  quantised
    .predict({
      question:
        "Only the sign of each number is kept, a 32nd. How much recall is left?",
      choices: ["under half", "half to nine tenths", "more"],
      judge: ({ facts }) => {
        if (facts.sign < 50) return "under half";
        return facts.sign <= 90 ? "half to nine tenths" : "more";
      },
      why: ({ facts }) =>
        `The signs alone find ${facts.sign} % of the true neighbours. Most of the others are not far behind: refining 4k candidates finds ${facts.refined} %. 1 byte with one scale for all finds ${facts.byte} %: where two scores are closer than its steps, no knob of the index can put them right, and only refining can.`,
    })
    .expect("the signs alone find over half", "half to nine tenths")
    .expect(
      "refining finds more of them",
      ({ facts }) => facts.refined > facts.sign,
    ),
);
