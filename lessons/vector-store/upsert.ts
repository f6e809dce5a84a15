import { section, vectors } from "../../src/lab.ts";

// Documents change, and an index is filled again and again: by a job at night,
// by a job that broke off, by two at once. What is there must not depend on how
// often it ran: *idempotent*, the word is.
const lab = section({ title: "Added twice is there once", kits: [vectors] });

// Each document has an *id*, and adding an id that is there replaces it: an
// *upsert*. A document without an id gets one here, from a hash of its text and
// metadata. With random ids the second run would double everything, and every
// search would find the same passage twice.
const twice = lab.step(
  "The same again",
  async ({ store, handbook, show }) => {
    const db = await store();
    const passages = await handbook();

    await db.addDocuments(passages);
    await show("After the first run", await db.count());

    await db.addDocuments(passages);
    await show("After the second", await db.count());

    const note = { pageContent: "A note without an id.", metadata: {} };
    const [id] = await db.addDocuments([note]);
    const [again] = await db.addDocuments([note]);
    await show("The note's id, twice", `${id}\n${again}`);
    await show("After both notes", await db.count());
  },
);

// To embed costs money and time, to compare texts costs nothing. So ask the
// store what it has, and embed only what is new or different.
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

// What is gone at the source must go here too, or the model quotes a rule that
// was withdrawn last year. Ids that the store has and the source has not are
// deleted; so can be whatever meets a filter. LangChain's `index()` remembers
// what it wrote, but its incremental mode never looks for files that are gone.
const gone = lab.step(
  "What left, leaves",
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
  twice.predict({
    question: "The same documents are added twice. How many are there?",
    choices: ["as many as before", "twice as many"],
    judge: ({ values }) =>
      values["After the second"] === values["After the first run"]
        ? "as many as before"
        : "twice as many",
  }),
  changed,
  gone,
);
