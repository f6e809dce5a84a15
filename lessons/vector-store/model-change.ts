import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { section, text, vectors } from "../../src/lab.ts";
import { percent, recallOf } from "./material.ts";

// One day there is a better embedding model, or the old one is switched off.
// Vectors of two models have nothing to do with each other, even where they have
// as many numbers. So everything must be embedded again, while people search.
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
  Array.from({ length }, (_, at) => vector[(7 * at + 3) % vector.length]!);

// A "new model" for these steps: it puts the same meanings on other axes, as
// every model that is trained anew does.
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

// The easy case is a vector of another length: it does not fit, and the store
// must say so. Some do not, and cut it or fill it up. For models of one length,
// the collection has the model's name written down.
const refused = lab.step(
  "The guard at the door",
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

// And if nobody guards it? Search vectors of the old model with questions
// embedded by the new one. No error, no warning, plausible scores, and nonsense.
const mixed = lab.step(
  "Without a guard",
  async ({ embeddings, store, handbook, table }) => {
    const model = embeddings();
    const fresh = another(model);
    const wish = { collection: "new", embeddings: fresh, model: "new-model" };
    const [olds, news] = [await store(), await store(wish)];
    for (const db of [olds, news]) await db.addDocuments(await handbook());

    const ask = async (by: EmbeddingsInterface, db: typeof olds) => {
      const recall = await recallOf(async (question) => {
        const vector = await by.embedQuery(question);
        const found = await db.searchVector(vector, { k: 3 });
        return found.map(({ document }) => document);
      });
      return percent(recall);
    };
    const columns = ["questions by", "documents by", "recall"];
    await table("Recall@3", columns, [
      ["the old model", "the old model", await ask(model, olds)],
      ["the new model", "the new model", await ask(fresh, news)],
      ["the new model", "the old model", await ask(fresh, olds)],
    ]);
  },
);

const BATCH = 50;

// So build the new collection beside the old one, batch by batch, while the old
// one answers. When it is full, and its recall on your questions is no worse,
// switch the name that your program reads; keep the old one for a week. On
// Postgres the two may be columns of one table.
const moves = lab.step(
  "Moving while open",
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
    await show("Answers found meanwhile, each time", answers.join(" "));
    const [first] = await next.similaritySearch(params.question, 1);
    await show("After the switch, the first is", first?.id);
  },
);

export default lab.steps(
  refused,
  mixed.predict({
    question:
      "Questions by the new model, documents by the old: what is the recall?",
    choices: ["as before", "a little worse", "near nothing"],
    judge: (run) => {
      const [old = 0, , both = 0] =
        run.tables[0]?.rows.map((row) => Number.parseInt(row[2] ?? "", 10)) ??
        [];
      if (both >= old) return "as before";
      return both > old / 2 ? "a little worse" : "near nothing";
    },
  }),
  moves,
);
