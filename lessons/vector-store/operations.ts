import { PromptTemplate } from "@langchain/core/prompts";
import {
  dot,
  median,
  number,
  PRICES_AS_OF,
  priceOf,
  section,
  vectors,
} from "../../src/lab.ts";
import { percent, recallOf } from "./material.ts";

// A store in use needs work: somebody backs it up, tidies it, watches what it finds
// and pays for it. More: `llm-lab help backup`, `llm-lab help recall-probe`.
const lab = section({
  title: "Operating a store",
  kits: [vectors],
  params: {
    threshold: number({
      default: 0.8,
      min: 0,
      max: 1,
      help: "similarity from which an earlier answer is used again",
    }),
  },
});

// Back up texts, metadata *and vectors*, since embedding them all again takes
// time and money. The code writes a line of JSON for each document, which
// any other store can read; you can move to another engine that way too. Trust a
// backup only when you have restored it and searched in it.
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

// LanceDB does not change a data file that is written: each write makes new files
// and a new *version*. You can read an old one or bring it back until you remove it. That undoes a
// bad delete at once. Postgres has point-in-time recovery from its log, Qdrant has snapshots.
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

// Many small writes leave many small files or dead rows, and a search has to read
// them. *Compaction* joins the files, and here removes old versions too. Run it
// at quiet hours; better still, write in larger batches.
const compacts = lab.step(
  "Compaction",
  async ({ store, handbook, table, ifAble }) => {
    const db = await store();
    for (const passage of await handbook()) await db.addDocuments([passage]);

    const vector = await db.embeddings.embedQuery("What is a token?");
    const search = async () => ({
      ms: await warmTime(() => db.searchVector(vector, { k: 5 })),
      mb: ((await db.diskUse()) ?? 0) / 1e6,
    });
    const before = await search();
    await ifAble(() => db.compact({ forgetBefore: new Date() }));
    const after = await search();

    const rows = Object.entries({ before, after }).map(
      ([when, { ms, mb }]) => [
        when,
        (ms / after.ms).toFixed(1),
        mb.toFixed(2),
      ],
    );
    const title = "Written passage by passage";
    await table(title, ["", "search, after = 1", "disk MB"], rows);
  },
);

/** Milliseconds of the middle one of nine, after one that warms up. */
async function warmTime(doing: () => Promise<unknown>): Promise<number> {
  await doing();
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const begun = performance.now();
    await doing();
    times.push(performance.now() - begun);
  }
  return median(times);
}

// A *recall probe* asks questions whose answers are known, say every hour.
// Between eight and nine, a faulty job deletes every third document. The code asks
// before and after. How would you notice?
const probes = lab.step<{ raised: boolean; fell: boolean }>(
  "Before and after a faulty job",
  async ({ store, handbook, table, tell }) => {
    const db = await store();
    const passages = await handbook();
    await db.addDocuments(passages);
    const probe = () => recallOf((q) => db.similaritySearch(q, 3));

    const before = await probe();
    const rows = [["at eight", await db.count(), percent(before)]];
    const ids = passages.flatMap(({ id = "" }, n) => (n % 3 ? [] : [id]));
    await db.delete({ ids });
    const after = await probe().catch(() => null);
    rows.push(["at nine", await db.count(), percent(after ?? 0)]);

    await table("Recall@3", ["", "documents", "recall"], rows);
    const fell = after !== null && after < before;
    await tell({ raised: after === null, fell });
  },
);

const MODELS = ["text-embedding-3-small", "text-embedding-3-large"];
const NUMBERS = [1536, 3072];

// What do a million passages cost? You pay for the tokens of each text once, at
// the model's price. You pay for keeping the vectors each month: 4 bytes for each
// number as they are, on disk or, for the quickest search, in memory. Shorter
// vectors, or 1 byte or 1 bit a number, take less.
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
      ["model", "numbers", "US$ to embed", "GB of vectors"],
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
  "What is 12 times 12?",
  "What is 12 times 13?",
  "What is a token?",
  "And what is a token?",
  "Explain tokens to me.",
];
const ANSWERS = ["question", "nearest earlier one", "answered by", "answer"];

// A *semantic cache* stores answers under the vectors of their questions. A similar
// question gets the stored answer without a call to the chat model; only the
// question is embedded. `threshold` says how similar it must be. Five questions are
// asked one after the other. More: `llm-lab help semantic-cache`.
const cached = lab.step<{ score: number; hit: boolean }>(
  "A semantic cache",
  async ({ chat, store, params, table, tell }) => {
    const cache = await store({ collection: "answers" });
    const model = PromptTemplate.fromTemplate("{question}").pipe(chat());

    const rows: string[][] = [];
    for (const question of ASKED) {
      const [found] = await cache.similaritySearchWithScore(question, 1);
      const [known, score] = found ?? [undefined, 0];
      const hit = known !== undefined && score >= params.threshold;
      if (question === ASKED[1]) await tell({ score, hit });

      const reply = hit
        ? String(known.metadata.answer)
        : (await model.invoke({ question })).text;
      const by = hit ? "the cache" : "the model";
      rows.push([question, score.toFixed(2), by, beginningOf(reply)]);
      if (hit) continue;
      const metadata = { answer: reply };
      await cache.addDocuments([{ pageContent: question, metadata }]);
    }
    await table("Answers", ANSWERS, rows);
  },
);

const beginningOf = (reply: string) =>
  reply.length > 30 ? `${reply.slice(0, 29)}…` : reply;

const SAME: [string, string][] = [
  ["What is a token?", "And what is a token?"],
  ["What is a token?", "Explain tokens to me."],
  ["How do I return a parcel?", "How do I send back a package?"],
  ["What is fine-tuning good for?", "When is fine-tuning useful?"],
];
const OTHER: [string, string][] = [
  ["What is 12 times 12?", "What is 12 times 13?"],
  ["How do I return a parcel?", "How do I not return a parcel?"],
  ["What is fine-tuning good for?", "What is fine-tuning not good for?"],
  ["Was the meeting on 3 May moved?", "Was the meeting on 8 May moved?"],
];

// How high must the threshold be? Four pairs of questions want the same answer in
// other words. Four want another answer, though only a number or a *not* differs. The
// code takes the score of each pair as a threshold, and counts the hits.
const tradeOff = lab.step<{ same: number; other: number }>(
  "What a threshold of the cache costs",
  async ({ embeddings, table, tell }) => {
    const scoreOf = async (pair: [string, string]) => {
      const [one = [], other = []] = await embeddings().embedDocuments(pair);
      return dot(one, other);
    };
    const same = await Promise.all(SAME.map(scoreOf));
    const other = await Promise.all(OTHER.map(scoreOf));

    const hits = (scores: number[], least: number) =>
      `${scores.filter((score) => score >= least).length} of ${scores.length}`;
    const tried = [...same, ...other].sort((a, b) => a - b);
    await table(
      "Hits",
      ["threshold", "right", "wrong"],
      tried.map((least) => [
        least.toFixed(2),
        hits(same, least),
        hits(other, least),
      ]),
    );
    await tell({ same: Math.min(...same), other: Math.max(...other) });
  },
);

export default lab.steps(
  backup.expect(
    "a backup brings all documents back",
    ({ values }) =>
      values.Restored === Number.parseInt(String(values["The backup"]), 10),
  ),
  travel,
  compacts,
  probes
    .predict({
      question: "A third of the documents is gone. What will show it?",
      choices: ["an error in a search", "only the probe's recall", "nothing"],
      judge: ({ facts: { raised, fell } }) => {
        if (raised) return "an error in a search";
        return fell ? "only the probe's recall" : "nothing";
      },
      why: "A search in fewer documents is an ordinary search: it throws nothing, and the answers get worse. A probe measures the share that is found, so it can raise an alarm.",
    })
    .expect("only a probe notices what is gone", "only the probe's recall"),
  costs,
  cached
    .predict({
      question: ({ threshold }) =>
        `The cache knows the answer to "What is 12 times 12?". With a threshold of ${threshold}, what does "What is 12 times 13?" get?`,
      choices: ["an answer of its own", "the answer to 12 times 12"],
      judge: ({ facts }) =>
        facts.hit ? "the answer to 12 times 12" : "an answer of its own",
      why: ({ facts: { score, hit } }) =>
        `The two questions score ${score.toFixed(2)}. ${hit ? "The cache returned a wrong answer, at once and without an error." : "The threshold kept them apart; look at what it also turned away."} Never cache an answer that depends on a number, a date or who asks.`,
    })
    .expect(
      "a similar question gets a wrong answer from the cache",
      "the answer to 12 times 12",
    ),
  tradeOff
    .predict({
      question:
        "Is there a threshold with which all pairs that want the same answer hit, and no other does?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.same > facts.other ? "yes" : "no"),
      why: ({ facts }) =>
        `The lowest pair with the same answer scores ${facts.same.toFixed(2)}, the highest with another ${facts.other.toFixed(2)}. With these a high threshold saves few calls and a low one answers wrongly. Let a hit be only a candidate: compare numbers and negations, or cache by the exact text.`,
    })
    .expect("no threshold keeps right hits from wrong ones", "no"),
);
