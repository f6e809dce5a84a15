import { section, vectors } from "../../src/lab.ts";

// Documents change, and a job indexes them again: each night, after it broke off,
// perhaps twice at once. What does that leave in the store?
const lab = section({
  title: "Index again",
  kits: [vectors],
});

// Each passage of the handbook has an *id*: its name. The code adds all of them
// twice. The note at the end has no id; llm-lab's store then makes one, from a
// *hash* of text and metadata: a number that the same text always gets. More:
// `llm-lab help upsert`.
const twice = lab.step<{ first: number; second: number }>(
  "The same again",
  async ({ store, handbook, show, tell }) => {
    const db = await store();
    const passages = await handbook();

    await db.addDocuments(passages);
    const first = await db.count();
    await show("After the first run", first);

    await db.addDocuments(passages);
    const second = await db.count();
    await show("After the second", second);

    const note = { pageContent: "A note without an id.", metadata: {} };
    const [id] = await db.addDocuments([note]);
    const [again] = await db.addDocuments([note]);
    await show("The note's id, twice", `${id}\n${again}`);
    await show("After both notes", await db.count());
    await tell({ first, second });
  },
);

// Embedding costs money and time; comparing texts costs hardly any. So the code asks
// the store what it has, and embeds only what is new or different. It edits one
// passage first. Where ids are hashes of the text, an edited text gets a new id,
// and its old version stays in the store until you delete it.
const changed = lab.step(
  "Only what changed",
  async ({ store, handbook, show }) => {
    const db = await store();
    const passages = await handbook();
    await db.addDocuments(passages);
    passages[3]!.pageContent += " One more sentence, added today.";

    const ids = passages.map(({ id = "" }) => id);
    const there = new Map(
      (await db.get(ids)).map(({ id, pageContent }) => [id, pageContent]),
    );
    const fresh = passages.filter(
      ({ id, pageContent }) => there.get(id) !== pageContent,
    );
    await db.addDocuments(fresh);

    await show("To look at", passages.length);
    await show("Embedded again", fresh.length);
    const [edited] = await db.get([ids[3]!]);
    await show("Its end is now", edited?.pageContent.slice(-33));
  },
);

// What you remove at the source must leave the store too, or the model quotes a
// rule that was withdrawn last year. Compare the ids, and delete those that only
// the store has; llm-lab can also delete by a filter. LangChain's `index()`
// remembers what it wrote, but its incremental mode never removes a deleted file.
const gone = lab.step(
  "Delete what the source no longer has",
  async ({ store, handbook, show }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const source = (await handbook()).filter(({ id }) => id !== "bm25");

    const wanted = new Set(source.map(({ id }) => id));
    const stale: string[] = [];
    for await (const { document } of db.scan())
      if (!wanted.has(document.id)) stale.push(document.id ?? "");
    await db.delete({ ids: stale });
    await show("Deleted", stale.join(", "));

    await db.delete({ filter: { key: "chapter", eq: "Safety" } });
    await show("Left without the chapter Safety", await db.count());
  },
);

export default lab.steps(
  twice
    .predict({
      question: "The same documents are added twice. How many are there?",
      choices: ["as many as before", "twice as many"],
      judge: ({ facts }) =>
        facts.second === facts.first ? "as many as before" : "twice as many",
      why: "Adding an id that is there replaces the document: an *upsert*. So the job is *idempotent*: running it twice leaves what running it once does. LangChain's own MemoryVectorStore does not do that, and would hold each passage twice.",
    })
    .expect("adding the same again changes nothing", "as many as before"),
  changed.expect(
    "only what changed is embedded again",
    ({ values }) => values["Embedded again"] === 1,
  ),
  gone.expect(
    "what the source no longer has is deleted",
    ({ values }) => values.Deleted === "bm25",
  ),
);
