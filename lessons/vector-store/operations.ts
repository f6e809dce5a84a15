import { PromptTemplate } from "@langchain/core/prompts";
import {
  median,
  number,
  PRICES_AS_OF,
  priceOf,
  section,
  vectors,
} from "../../src/lab.ts";
import { percent, recallOf } from "./material.ts";

// A store that runs must be looked after: copied, tidied, watched, paid for.
const lab = section({
  title: "Looking after it",
  kits: [vectors],
  params: {
    threshold: number({
      default: 0.8,
      min: 0,
      max: 1,
      help: "how like an earlier question one must be to get its answer",
    }),
  },
});

// Back up texts, metadata *and vectors*: to embed all again takes days and money
// at scale. What every store can give is a line for each document, which any
// other store can take; that is also how you move from one engine to another.
// A backup counts once you have restored it and searched in it.
const backup = lab.step(
  "Backup and restore",
  async ({ store, handbook, show }) => {
    const db = await store({ collection: "live" });
    await db.addDocuments(await handbook());

    const lines: string[] = [];
    for await (const row of db.scan({ vectors: true }))
      lines.push(JSON.stringify(row));
    const bytes = lines.join("\n").length;
    await show("The backup", `${lines.length} lines, ${bytes} bytes`);

    await db.delete({ all: true });
    await show("After an accident", await db.count());

    const again = await store({ collection: "restored" });
    const rows = lines.map((line) => JSON.parse(line));
    await again.addVectors(
      rows.map(({ vector }) => vector),
      rows.map(({ document }) => document),
    );
    await show("Restored", await again.count());
    const recall = await recallOf((text) => again.similaritySearch(text, 3));
    await show("Recall@3 in it", percent(recall));
  },
);

// LanceDB never changes a file: each write is a new *version*, and old ones can
// be read and brought back until you let them go. It is the fastest way out of a
// bad delete. Postgres has point-in-time recovery by its log, Qdrant snapshots.
const travel = lab.step(
  "Back in time",
  async ({ store, handbook, show, ifAble }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const versions = await ifAble(() => db.versions());
    if (!versions) return;

    await db.delete({ filter: { key: "words", gt: 0 } });
    await show("After a filter that met too much", await db.count());

    const good = versions.at(-1)!;
    const then = await db.at(good.version);
    await show(`As it was at version ${good.version}`, await then.count());
    await then.close();

    await db.restore(good.version);
    await show("After the restore", await db.count());
  },
);

// Many small writes leave many small files, or dead rows, and each search opens
// all of them. *Compaction* joins them; run it at night. Better still, write in
// larger batches.
const compacts = lab.step(
  "Compaction",
  async ({ store, handbook, table, ifAble }) => {
    const db = await store();
    for (const passage of await handbook()) await db.addDocuments([passage]);

    const vector = await db.embeddings.embedQuery("What is a token?");
    const search = async () => {
      const times: number[] = [];
      for (let round = 0; round < 9; round++) {
        const begun = performance.now();
        await db.searchVector(vector, { k: 5 });
        times.push(performance.now() - begun);
      }
      const disk = (await db.diskUse()) ?? 0;
      return [median(times).toFixed(1), (disk / 1e6).toFixed(2)];
    };
    const before = await search();
    await ifAble(() => db.compact({ forgetBefore: new Date() }));
    const after = await search();

    const rows = [
      ["before", ...before],
      ["after", ...after],
    ];
    const title = "Written passage by passage";
    await table(title, ["", "search ms", "disk MB"], rows);
  },
);

// Stores fail quietly: a job that drops half of the documents throws nothing,
// and answers only get worse. A *recall probe* is a handful of questions whose
// answers are known, asked every hour. When the share that is found drops,
// somebody is called. Here is a deletion that nobody noticed.
const probes = lab.step(
  "A probe that raises the alarm",
  async ({ store, handbook, table }) => {
    const db = await store();
    const passages = await handbook();
    await db.addDocuments(passages);
    const probe = () => recallOf((q) => db.similaritySearch(q, 3));

    const rows = [["at eight", await db.count(), percent(await probe())]];
    const ids = passages.flatMap(({ id = "" }, n) => (n % 3 ? [] : [id]));
    await db.delete({ ids });
    rows.push(["at nine", await db.count(), percent(await probe())]);

    await table("Recall@3", ["", "documents", "recall"], rows);
  },
);

const MODELS = ["text-embedding-3-small", "text-embedding-3-large"];
const NUMBERS = [1536, 3072];

// What does it cost to embed, and to keep? Tokens once for each text, at the
// model's price; 4 bytes for each number, in memory if search is to be quick.
// Embedding is cheap. Memory is what you pay for month by month, and shorter
// vectors or fewer bits are how you pay less.
const costs = lab.step(
  "The bill",
  async ({ handbook, countTokens, table }) => {
    const passages = await handbook();
    const tokens = passages.reduce(
      (sum, { pageContent }) => sum + countTokens(pageContent),
      0,
    );
    const million = (tokens / passages.length) * 1e6;

    await table(
      `A million such passages, prices of ${PRICES_AS_OF}`,
      ["model", "numbers", "US$ to embed", "GB to keep"],
      MODELS.map((model, at) => [
        model,
        NUMBERS[at]!,
        (priceOf(model, million, 0) ?? 0).toFixed(2),
        ((4 * NUMBERS[at]! * 1e6) / 1e9).toFixed(1),
      ]),
    );
  },
);

const ASKED = [
  "What is a token?",
  "And what is a token?",
  "What is the temperature?",
];

// A store can also keep *answers*, under the vectors of their questions. Who asks
// nearly the same again gets the answer that is there, at once and free: a
// *semantic cache*. Nearly is the danger. Set the threshold high, and keep no
// answer that depends on who asks.
const cached = lab.step(
  "A semantic cache",
  async ({ chat, store, params, table }) => {
    const cache = await store({ collection: "answers" });
    const model = PromptTemplate.fromTemplate("{question}").pipe(chat());

    const rows: string[][] = [];
    for (const question of ASKED) {
      const [hit] = await cache.similaritySearchWithScore(question, 1);
      const [known, score] = hit ?? [undefined, 0];
      if (known && score >= params.threshold) {
        rows.push([question, score.toFixed(2), "from the cache"]);
        continue;
      }
      const { text } = await model.invoke({ question });
      const metadata = { answer: text };
      await cache.addDocuments([{ pageContent: question, metadata }]);
      rows.push([question, score.toFixed(2), "from the model"]);
    }
    await table("Answers", ["question", "likest before", "came"], rows);
  },
);

export default lab.steps(
  backup,
  travel,
  compacts,
  probes.predict({
    question:
      "A third of the documents is gone. Will a search raise an error?",
    choices: ["yes", "no"],
    judge: (run) => (run.tables[0]?.rows.length === 2 ? "no" : "yes"),
  }),
  costs,
  cached.predict({
    question: "Three questions. How many calls to the model?",
    choices: [1, 2, 3],
    judge: (run) => run.calls.length,
  }),
);
