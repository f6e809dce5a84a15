import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../src/errors.ts";
import type { StoreName } from "../../src/vector/engines.ts";
import { openStore, type StoreOptions } from "../../src/vector/engines.ts";
import { conditionOf, type Filter, meets } from "../../src/vector/filter.ts";
import type { MemoryStore } from "../../src/vector/memory.ts";
import type { LabVectorStore } from "../../src/vector/store.ts";
import { CLAIMS, type Claim, UNSUPPORTED } from "./claims.ts";
import {
  cosine,
  DIMENSION,
  documentsOf,
  embeddings,
  HOSTILE,
  MIXED,
  randomVectors,
} from "./material.ts";
import { killedTwice, twoWriters, type Writers, writers } from "./processes.ts";

/** Where a store lives during a test, and how it is cleaned up. */
export interface Place {
  options: Pick<StoreOptions, "store" | "url" | "path" | "apiKey">;
  close(): Promise<void>;
}

export interface Context {
  place: Place["options"];
  writers: Writers;
  /** a collection of its own, dropped after the test */
  open(more?: Partial<StoreOptions>): Promise<LabVectorStore>;
}

/** Runs the whole suite over one store. What it cannot do is in the list too, and must be refused in words. */
export function conformance(name: StoreName, start: () => Promise<Place>): void {
  describe(`the store ${name}`, () => {
    let place: Place;
    let processes: Writers;
    beforeAll(async () => {
      place = await start();
      processes = await writers();
    });
    afterAll(async () => {
      processes.remove();
      await place.close();
    });

    test.each(casesFor(UNSUPPORTED[name]))("$name", async ({ name: claim, run }) => {
      const opened: LabVectorStore[] = [];
      const context: Context = {
        place: place.options,
        writers: processes,
        open: async (more) => {
          const store = await openStore({
            ...place.options,
            embeddings,
            model: "test",
            dimension: DIMENSION,
            collection: `c-${claim}-${process.pid}`,
            ...more,
          });
          opened.push(store);
          return store;
        },
      };
      try {
        await run(context);
      } finally {
        await Promise.all(opened.map((store) => store.close()));
        await (await context.open({ dimension: undefined })).drop();
      }
    });
  });
}

/** One check of the suite: it rejects if a store does not keep the claim. */
export interface Case {
  name: Claim;
  run(context: Context): Promise<void>;
}

/** The checks for a store: of each claim that it keeps, or that it says what it cannot do. */
export function casesFor(unsupported: Partial<Record<Claim, string>>): Case[] {
  return (Object.keys(CLAIMS) as Claim[]).map((name) => ({
    name,
    run: unsupported[name] ? (context) => checkRefusal(name, context) : TESTS[name],
  }));
}

/** A store that cannot do something throws a sentence; it never looks as if it could. */
async function checkRefusal(claim: Claim, { open }: Context): Promise<void> {
  const store = await open();
  await store.addDocuments(documentsOf(MIXED));
  // What it can do it does, so a store that does nothing is not one that refuses.
  expect(await store.count()).toBe(MIXED.length);
  const calls: Partial<Record<Claim, () => Promise<unknown>>> = {
    index: () => store.createIndex({ kind: "hnsw" }),
    keywords: () => store.keywordSearch("text"),
    versions: () => store.versions(),
    compact: () => store.compact(),
  };
  const call = calls[claim];
  if (call) await expect(call()).rejects.toThrow(LabError);
  // What nobody else can open has nothing to show to a second one.
  else if (claim !== "wholeBatch") expect(await (await open({ model: "other" })).count()).toBe(0);
}

const TESTS: Record<Claim, (context: Context) => Promise<void>> = {
  async add({ open }) {
    const store = await open();
    const metadatas = [
      ...MIXED,
      ...HOSTILE.map((odd) => ({ odd, [odd]: odd, deep: { [odd]: [odd] } })),
    ];
    const documents = documentsOf(metadatas);
    for (const [n, odd] of HOSTILE.entries()) documents[n]!.pageContent = `[1 1 1 1] ${odd}`;
    const ids = await store.addDocuments(documents);
    expect(ids).toEqual(documents.map((one) => one.id));
    expect(await store.get([...ids].reverse())).toEqual(documents.reverse());
    expect(await store.count()).toBe(documents.length);
    expect(await store.addDocuments([])).toEqual([]);
  },

  async factories({ open, place }) {
    const kept = await open();
    const made = kept.constructor as typeof MemoryStore;
    const config = {
      ...place,
      dimension: DIMENSION,
      model: "test",
      collection: `${kept.collection.name}-f`,
    };
    const texts = ["[1 0 0 0] one", "[0 1 0 0] two"];
    const fromTexts = await made.fromTexts(texts, [{ n: 1 }, { n: 2 }], embeddings, config);
    expect((await fromTexts.similaritySearch("[0 1 0 0]", 1))[0]).toMatchObject({
      pageContent: texts[1],
      metadata: { n: 2 },
    });
    await fromTexts.delete({ all: true });
    const alike = await made.fromTexts(texts, { n: 7 }, embeddings, config);
    expect(await alike.count({ key: "n", eq: 7 })).toBe(2);
    await alike.delete({ all: true });
    const from = await made.fromDocuments(documentsOf(MIXED), embeddings, config);
    expect(await from.count()).toBe(MIXED.length);
    expect(await from.get(["d0"])).toEqual(documentsOf(MIXED).slice(0, 1));
    await fromTexts.close();
    await alike.close();
    await from.drop();
    const nameless = { ...config, model: undefined };
    await expect(made.fromTexts(texts, {}, embeddings, nameless)).rejects.toThrow(
      /embedding model/,
    );
  },

  async upsert({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf([{ v: 1 }, { v: 2 }, { v: 3 }]));
    await store.addDocuments([documentsOf([{ v: 9 }])[0]!]);
    expect(await store.count()).toBe(3);
    expect((await store.get(["d0"]))[0]?.metadata).toEqual({ v: 9 });
    const twice = documentsOf([{ v: 4 }, { v: 5 }]);
    await store.addDocuments(twice, { ids: ["same", "same"] });
    expect((await store.get(["same"]))[0]?.metadata).toEqual({ v: 5 });
    const nameless = { pageContent: "[1 2 3 4] no id", metadata: { a: 1 } };
    const first = await store.addDocuments([nameless]);
    expect(await store.addDocuments([nameless])).toEqual(first);
    expect(await store.count()).toBe(5);
    await expect(store.addDocuments([nameless], { ids: ["a\0b"] })).rejects.toThrow(LabError);
  },

  async delete({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf(MIXED));
    await store.delete({ ids: ["d0", "' OR '1'='1", "nobody"] });
    await store.delete({ ids: [] });
    await store.delete({ filter: { key: "year", in: [] } });
    expect(await store.count()).toBe(MIXED.length - 1);
    await store.delete({ filter: { key: "tenant", eq: "b" } });
    expect((await store.get(["d0", "d1", "d2"])).map((one) => one.id)).toEqual(["d2"]);
    await expect(store.delete({ filter: undefined as never })).rejects.toThrow(LabError);
    expect(await store.count()).toBe(MIXED.length - 2);
    await store.delete({ all: true });
    expect(await store.count()).toBe(0);
  },

  async filters({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf(MIXED));
    for (const filter of filtersOver(MIXED)) {
      const expected = MIXED.flatMap((metadata, n) =>
        meets(conditionOf(filter), metadata) ? [`d${n}`] : [],
      );
      const found = await store.searchVector([1, 0, 0, 0], { k: 100, filter });
      const ids = found.map((one) => one.document.id).sort();
      expect(ids, JSON.stringify(filter)).toEqual(expected);
      expect(await store.count(filter), JSON.stringify(filter)).toBe(expected.length);
    }
    for (const wrong of [
      { tenant: "a" },
      { key: "a", eq: undefined },
      () => true,
      "x = 1",
      { not: undefined },
    ])
      await expect(store.count(wrong as never)).rejects.toThrow(/not a filter/);
    await expect(store.count({ key: "year", gt: "2020" as never })).rejects.toThrow(/not a number/);
  },

  async hostile({ open }) {
    const store = await open();
    // Each has one odd key with an odd value, and numbers under it.
    await store.addDocuments(
      documentsOf(HOSTILE.map((odd, n) => ({ [odd]: odd, [`n${odd}`]: n }))),
    );
    for (const [n, odd] of HOSTILE.entries()) {
      const only = { filter: { key: odd, eq: odd }, k: 100 };
      const found = await store.searchVector([1, 0, 0, 0], only);
      expect(
        found.map((one) => one.document.id),
        JSON.stringify(odd),
      ).toEqual([`d${n}`]);
      expect(await store.count({ key: `n${odd}`, gte: n }), JSON.stringify(odd)).toBe(1);
      expect(await store.count({ not: { key: odd, in: [odd, "other"] } })).toBe(HOSTILE.length - 1);
      expect(await store.count({ key: odd, eq: `${odd}'` })).toBe(0);
    }
    await store.delete({ filter: { or: HOSTILE.map((odd) => ({ key: odd, eq: `${odd} ` })) } });
    expect(await store.count()).toBe(HOSTILE.length);
    await store.delete({ filter: { or: HOSTILE.map((odd) => ({ key: odd, eq: odd })) } });
    expect(await store.count()).toBe(0);
  },

  async filterFirst({ open }) {
    const store = await open();
    const vectors = randomVectors(2000, DIMENSION);
    await store.addVectors(vectors, documentsOf(vectors.map((_, n) => ({ rare: n % 200 === 0 }))));
    if (store.indexes[0]) await store.createIndex({ kind: store.indexes[0] });
    const filter = { key: "rare", eq: true };
    const found = await store.searchVector([1, 0.5, 0, 0], { k: 10, filter });
    expect(found).toHaveLength(10);
    expect(found.every((one) => one.document.metadata.rare)).toBe(true);
  },

  async score({ open }) {
    const store = await open();
    const vectors = [...randomVectors(50, DIMENSION), [2, 0, 0, 0], [-3, 0, 0, 0], [0, 1e-6, 0, 0]];
    await store.addVectors(vectors, documentsOf(vectors.map(() => ({}))));
    const query = [0.5, 0, 0, 0];
    const found = await store.similaritySearchVectorWithScore(query, 100);
    expect(found).toHaveLength(vectors.length);
    for (const [document, score] of found) {
      const exact = cosine(query, vectors[Number(document.id!.slice(1))]!);
      expect(score).toBeCloseTo(Math.max(0, exact), 5);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    const scores = found.map(([, score]) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeCloseTo(1, 6);
    expect(await store.similaritySearchVectorWithScore(query, 3)).toEqual(found.slice(0, 3));
    expect(await store.similaritySearchVectorWithScore(query, 0)).toEqual([]);
  },

  async mmr({ open }) {
    const store = await open();
    const near = [
      "[1 0.01 0 0] one",
      "[1 0.02 0 0] again",
      "[1 0.03 0 0] once more",
      "[1 0 0.9 0] another",
    ];
    await store.addDocuments(near.map((pageContent, n) => ({ pageContent, metadata: { n } })));
    const pick = async (lambda: number, filter?: Filter) => {
      const options = { k: 2, lambda, filter };
      const found = await store.maxMarginalRelevanceSearch("[1 0 0 0]", options);
      return found.map((one) => one.metadata.n);
    };
    expect(await pick(1)).toEqual([0, 1]);
    expect(await pick(0.3)).toEqual([0, 3]);
    expect(await pick(0.3, { key: "n", lt: 3 })).toEqual([0, 2]);
  },

  async retriever({ open }) {
    const store = await open();
    const texts = ["[1 0 0 0] x", "[1 0.1 0 0] x too", "[0 0 1 0] z"];
    await store.addDocuments(texts.map((pageContent, n) => ({ pageContent, metadata: { n } })));
    const near = await store.asRetriever({ k: 2, filter: { key: "n", gt: 0 } }).invoke("[1 0 0 0]");
    expect(near.map((one) => one.pageContent)).toEqual(texts.slice(1));
    const mmr = store.asRetriever({ k: 2, searchType: "mmr", searchKwargs: { lambda: 0.1 } });
    expect((await mmr.invoke("[1 0 0 0]")).map((one) => one.metadata.n)).toEqual([0, 2]);
  },

  async scan({ open }) {
    const store = await open();
    const documents = documentsOf(Array.from({ length: 2500 }, (_, n) => ({ n })));
    const vectors = randomVectors(documents.length, DIMENSION);
    await store.addVectors(vectors, documents);
    const seen = new Map<number, number[]>();
    for await (const { document, vector } of store.scan({ vectors: true }))
      seen.set(document.metadata.n, vector!);
    expect(seen.size).toBe(documents.length);
    for (const [n, vector] of seen) expect(cosine(vector, vectors[n]!)).toBeCloseTo(1, 5);
    const few: unknown[] = [];
    for await (const { document } of store.scan({ filter: { key: "n", lt: 2 } }))
      few.push(document);
    expect(few).toHaveLength(2);
  },

  async dimension({ open }) {
    const store = await open();
    const [document] = documentsOf([{ a: 1 }]);
    await store.addVectors([[1, 2, 3, 4]], [document!]);
    for (const wrong of [[1, 2, 3], [1, 2, 3, 4, 5], []]) {
      const sentence = new RegExp(`${wrong.length} numbers.* vectors of ${DIMENSION}`);
      await expect(store.addVectors([wrong], [document!])).rejects.toThrow(sentence);
      await expect(store.similaritySearchVectorWithScore(wrong, 1)).rejects.toThrow(sentence);
    }
    for (const wrong of [
      [0, 0, 0, 0],
      [Number.NaN, 1, 1, 1],
      [1, Number.POSITIVE_INFINITY, 0, 0],
    ])
      await expect(store.addVectors([wrong], [document!])).rejects.toThrow(LabError);
    const two = [[4, 3, 2, 1], [1]];
    await expect(store.addVectors(two, documentsOf([{ a: 2 }, {}]))).rejects.toThrow(LabError);
    expect(await store.get(["d0"])).toEqual([document]);
    expect(await store.count()).toBe(1);
  },

  async many({ open }) {
    const store = await open();
    const vectors = randomVectors(10_000, DIMENSION);
    const documents = documentsOf(vectors.map((_, n) => ({ n, tenant: `t${n % 10}` })));
    await store.addVectors(vectors, documents);
    await store.addVectors(vectors.slice(0, 3000), documents.slice(0, 3000));
    expect(await store.count()).toBe(10_000);
    expect(
      await store.count({
        and: [
          { key: "tenant", eq: "t3" },
          { key: "n", gte: 5000 },
        ],
      }),
    ).toBe(500);
    const query = vectors[777]!;
    const nearest = vectors.map((vector, n) => ({ n, score: cosine(query, vector) }));
    const expected = nearest.sort((a, b) => b.score - a.score).slice(0, 10);
    const found = await store.searchVector(query, { k: 10 });
    expect(found.map((one) => one.document.metadata.n)).toEqual(expected.map((one) => one.n));
    await store.delete({ filter: { key: "n", lt: 9000 } });
    expect(await store.count()).toBe(1000);
  },

  async model({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf(MIXED));
    await expect(open({ model: "other" })).rejects.toThrow(/embedding model test.*of other/);
    await expect(open({ dimension: 5 })).rejects.toThrow(/4 numbers, but you ask for 5/);
    expect((await open({ dimension: undefined })).collection).toEqual(store.collection);
    await expect(open({ collection: "a b" })).rejects.toThrow(/name of a collection/);
  },

  async reopen({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf(MIXED));
    const other = await open();
    await other.delete({ ids: ["d1"] });
    await other.addDocuments([{ pageContent: "[0 0 0 1] new", metadata: {}, id: "new" }]);
    // The one that was open all the while sees it too.
    for (const one of [store, other, await open()]) {
      expect(await one.count()).toBe(MIXED.length);
      expect((await one.similaritySearch("[0 0 0 1]", 1))[0]?.id).toBe("new");
    }
  },

  async twoProcesses(context) {
    await twoWriters(context);
  },

  async killed(context) {
    await killedTwice(await context.open(), context, false);
  },

  async wholeBatch(context) {
    await killedTwice(await context.open(), context, true);
  },

  /** How good indexes are is for the benchmark: here they look hard enough to find all but a few. */
  async index({ open }) {
    // RQ takes dimensions that 8 divides
    const store = await open({ dimension: 8 });
    const vectors = randomVectors(1500, 8);
    await store.addVectors(vectors, documentsOf(vectors.map((_, n) => ({ n }))));
    const query = vectors[5]!;
    const ids = async (exact: boolean) =>
      (await store.searchVector(query, { k: 10, exact, ef: 1500, nprobes: 50, refine: 150 })).map(
        (one) => one.document.id,
      );
    const exact = await ids(true);
    for (const kind of store.indexes.filter((one) => one !== "full-text")) {
      await store.createIndex({ kind });
      expect(await ids(true)).toEqual(exact);
      const found = await ids(false);
      expect(found.filter((id) => exact.includes(id)).length, kind).toBeGreaterThanOrEqual(9);
    }
    const late = [9, 9, 9, -9, 9, 9, -9, 9];
    await store.addVectors([late], documentsOf([{ n: "late" }]), { ids: ["late"] });
    expect((await store.searchVector(late, { k: 1 }))[0]?.document.id).toBe("late");
    await expect(store.createIndex({ kind: "other" as never })).rejects.toThrow(
      /cannot make an index/,
    );
  },

  async keywords({ open }) {
    const store = await open();
    const texts = [
      "[1 0 0 0] a cat sleeps",
      "[0 1 0 0] two cats' dog",
      "[0 0 1 0] the sky is blue",
    ];
    await store.addDocuments(texts.map((pageContent, n) => ({ pageContent, metadata: { n } })));
    const found = async (words: string, filter?: Filter) =>
      (await store.keywordSearch(words, 4, filter)).map(([one]) => one.metadata.n);
    expect(await found("blue elephants")).toEqual([2]);
    expect((await found("cat")).sort()).toEqual([0, 1]);
    expect(await found("cat", { key: "n", gt: 0 })).toEqual([1]);
    for (const odd of HOSTILE) await found(`${odd} & | ! ( ) : * '`);
    expect(await found("!!")).toEqual([]);
    await store.addDocuments([{ pageContent: "[0 0 0 1] a zebra", metadata: { n: 3 } }]);
    expect(await found("zebra")).toEqual([3]);
    const [first] = await store.hybridSearch("[0 0 1 0] blue", 2);
    expect(first?.[0].metadata).toEqual({ n: 2 });
    const alike = ["o3", "o1", "o5", "o2", "o4"];
    const owls = alike.map((id, n) => ({ id, pageContent: "[1 1 0 0] an owl", metadata: { n } }));
    for (const owl of owls) await store.addDocuments([owl]);
    const same = (await store.keywordSearch("owl", 3)).map(([one]) => one.id);
    expect(same, "those of one score, by their ids").toEqual(["o1", "o2", "o3"]);
  },

  async versions({ open }) {
    const store = await open();
    await store.addDocuments(documentsOf([{ v: 1 }]));
    const before = (await store.versions()).at(-1)!;
    await store.addDocuments(documentsOf([{ v: 2 }, { v: 2 }]));
    const old = await store.at(before.version);
    expect((await old.get(["d0"]))[0]?.metadata).toEqual({ v: 1 });
    expect(await old.count()).toBe(before.rows);
    await old.close();
    await store.restore(before.version);
    expect(await store.count()).toBe(1);
    expect((await store.get(["d0"]))[0]?.metadata).toEqual({ v: 1 });
  },

  async compact({ open }) {
    const store = await open();
    for (const [n, document] of documentsOf(MIXED).entries())
      await store.addDocuments([document], { ids: [`x${n}`] });
    await store.delete({ ids: ["x0"] });
    await store.compact({ forgetBefore: new Date() });
    expect(await store.count()).toBe(MIXED.length - 1);
    expect((await store.get(["x1"]))[0]?.metadata).toEqual(MIXED[1]);
  },
};

/** Every kind of condition over every key and value there is, and some nested. */
function filtersOver(metadatas: Record<string, unknown>[]): Filter[] {
  const keys = [...new Set(metadatas.flatMap((one) => Object.keys(one))), "missing"];
  const values = ["a", "b", "", "2020", 2020, 0.1 + 0.2, 0.1, 0.3, 1e21, -1e-9, true, false, null];
  const equal = keys.flatMap((key) => values.map((eq) => ({ key, eq }) satisfies Filter));
  const ranges: Filter[] = ["year", "ratio", "tenant", "missing", "list"].flatMap((key) => [
    { key, gt: 0 },
    { key, gte: 0, lt: 2022 },
    { key, lte: -1e-9 },
    { key, gt: 0.1, lte: 1e21 },
  ]);
  const a: Filter = { key: "tenant", eq: "a" };
  const recent: Filter = { key: "year", gte: 2021 };
  return [
    ...equal,
    ...ranges,
    { key: "tenant", in: ["a", "b", 2020] },
    { key: "tenant", in: [] },
    { and: [a, recent] },
    { or: [a, recent] },
    { not: a },
    { not: recent },
    { not: { and: [a, recent] } },
    { and: [{ or: [a, { key: "open", eq: false }] }, { not: { key: "year", lt: 2021 } }] },
    { and: [] },
    { or: [] },
    { not: { or: [] } },
  ];
}
