import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { median, section, text, vectors } from "../../src/lab.ts";
import { percent, recallOf } from "./material.ts";

// One day you want a better embedding model, or the provider retires yours. You
// have the vectors of many texts by then, and people go on searching. More:
// `llm-lab help embedding-change`.
const lab = section({
  title: "Another embedding model",
  kits: [vectors],
  params: {
    question: text({
      default: "How do I keep tenants apart?",
      maxLength: 300,
      help: "what is asked meanwhile",
    }),
  },
});

const turned = (vector: number[], length: number) =>
  [...vector.slice(100), ...vector.slice(0, 100)].slice(0, length);

// A stand-in for a new model: it puts the same meanings on other axes, as a model
// that is trained anew does.
const another = (
  model: EmbeddingsInterface,
  part = 1,
): EmbeddingsInterface => {
  const turn = (one: number[]) => turned(one, one.length * part);
  return {
    embedQuery: async (question) => turn(await model.embedQuery(question)),
    embedDocuments: async (texts) =>
      (await model.embedDocuments(texts)).map(turn),
  };
};

const BY = ["questions by", "documents by", "recall", "best score"];

// The "new model" is the old one with its numbers in another order: as good, and
// in other axes, as a model trained anew has them. The code asks sixteen questions
// whose answers are known, three times. In the last row the new model embeds the
// questions, and the old one has embedded the documents. The last column is the
// median of the best scores.
const mixed = lab.step<{ old: Asked; mixed: Asked }>(
  "Questions by one, documents by another",
  async ({ embeddings, store, handbook, table, tell }) => {
    const model = embeddings();
    const fresh = another(model);
    const wish = { collection: "new", embeddings: fresh, model: "new-model" };
    const [olds, news] = [await store(), await store(wish)];
    for (const db of [olds, news]) await db.addDocuments(await handbook());

    const ask = async (by: EmbeddingsInterface, db: typeof olds) => {
      const best: number[] = [];
      const recall = await recallOf(async (question) => {
        const vector = await by.embedQuery(question);
        const found = await db.searchVector(vector, { k: 3 });
        best.push(found[0]?.score ?? 0);
        return found.map(({ document }) => document);
      });
      return { recall, score: median(best) };
    };
    const [old, mixed] = [await ask(model, olds), await ask(fresh, olds)];
    await table("Recall@3", BY, [
      ["the old model", "the old model", ...shown(old)],
      ["the new model", "the new model", ...shown(await ask(fresh, news))],
      ["the new model", "the old model", ...shown(mixed)],
    ]);
    await tell({ old, mixed });
  },
);

type Asked = { recall: number; score: number };
const shown = ({ recall, score }: Asked) => [
  percent(recall),
  score.toFixed(2),
];

// All texts must be embedded again, and until then a store should refuse the new
// model's vectors. Another length is easy to notice; some stores cut such a vector
// or fill it up. For two models with the same length, llm-lab writes the model's
// name into the collection, and compares it when the collection is opened.
const refused = lab.step(
  "The store refuses another model",
  async ({ embeddings, store, handbook, fails }) => {
    const db = await store();
    await db.addDocuments((await handbook()).slice(0, 20));

    const half = another(embeddings(), 0.5);
    const vector = await half.embedQuery("too short");
    const note = { pageContent: "too short", metadata: {} };
    await fails("half as many numbers", () =>
      db.addVectors([vector], [note]),
    );

    const other = { embeddings: another(embeddings()), model: "new-model" };
    await fails("another model, as many numbers", async () => {
      const opened = await store(other);
      return `opened, with ${await opened.count()} documents`;
    });
    await fails("as before", () => db.count());
  },
);

const BATCH = 50;
const MEANWHILE = "Answers found meanwhile, each time";

// So build the new collection beside the old one, batch by batch, while the old
// one answers. Measure its recall on your questions when it is full; then switch
// the name that your program reads, and keep the old one for a while. What is
// written meanwhile must go into both, or the new one misses it: below, that would
// be a passage added after its batch. In Postgres the two can be columns of one
// table.
const moves = lab.step(
  "Move while people search",
  async ({ embeddings, store, handbook, params, show, work }) => {
    const passages = await handbook();
    const old = await store();
    await old.addDocuments(passages);
    const fresh = another(embeddings());
    const wish = { collection: "new", embeddings: fresh, model: "new-model" };
    const next = await store(wish);

    const answers: number[] = [];
    const of = { count: passages.length, unit: "passages" };
    await work("embedding again", of, async (done) => {
      for (let at = 0; at < passages.length; at += BATCH) {
        await next.addDocuments(passages.slice(at, at + BATCH));
        answers.push((await old.similaritySearch(params.question, 3)).length);
        await done(Math.min(at + BATCH, passages.length));
      }
    });
    await show(MEANWHILE, answers.join(" "));
    const [first] = await next.similaritySearch(params.question, 1);
    await show("After the switch, the first is", first?.id);
  },
);

/** How many of a step's attempts ended in an error. */
const threw = (values: Record<string, unknown>) =>
  Object.keys(values).filter((label) => label.endsWith(": an error")).length;

export default lab.steps(
  mixed
    .predict({
      question:
        "Questions by the new model, documents by the old: what is the recall?",
      choices: ["as before", "a little worse", "less than half"],
      judge: ({ facts: { old, mixed } }) => {
        if (mixed.recall >= old.recall) return "as before";
        return mixed.recall > old.recall / 2
          ? "a little worse"
          : "less than half";
      },
      why: ({ facts: { old, mixed } }) =>
        `It goes from ${percent(old.recall)} to ${percent(mixed.recall)}. Vectors of two models cannot be compared, even where they have the same length, unless the provider says so (the Voyage 4 models of 2026 share one space). No error or warning appears; only the scores fall, here from ${old.score.toFixed(2)} to ${mixed.score.toFixed(2)}, so watch them.`,
    })
    .expect(
      "questions and documents of two models do not meet",
      "less than half",
    ),
  refused.expect(
    "the store refuses vectors of another model",
    ({ values }) => threw(values) === 2,
  ),
  moves.expect("people find something all the while", ({ values }) =>
    /^3( 3)*$/.test(String(values[MEANWHILE])),
  ),
);
