import { integer, section, vectors } from "../../src/lab.ts";

// A database is judged by its worst day: the power fails, a process is killed,
// two jobs run at once. Here all three happen.
const lab = section({
  title: "What is there afterwards",
  kits: [vectors],
  params: {
    batches: integer({
      default: 12,
      min: 2,
      max: 200,
      help: "batches to write before the process is killed",
    }),
    size: integer({
      default: 100,
      min: 1,
      max: 1000,
      help: "documents of a batch",
    }),
  },
});

// *Durable* is what is still there when the program has ended. LangChain's
// memory store is not: it is a list in your process, good for tests and for
// trying things.
const reopened = lab.step(
  "Closed and opened again",
  async ({ store, handbook, show }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    await show("Before", await db.count());
    await db.close();

    const again = await store();
    await show("After", await again.count());
  },
);

// Another process writes, batch by batch, and is killed with `kill -9` in the
// middle of one: no chance to clean up. Two promises are tested: what the store
// *confirmed* is there, and nothing is there by half. A batch that was under way
// may be there or not; run the job again, and upserts make it whole.
const killed = lab.step(
  "Killed while writing",
  async ({ store, writer, params, show, table, ifAble }) => {
    const { batches, size } = params;
    const report = await ifAble(() =>
      writer({ name: "a", batches: 1000, size, killAfter: batches }),
    );
    if (!report) return;

    const db = await store();
    const found = new Map<string, string>();
    for await (const { document } of db.scan())
      found.set(document.id ?? "", document.pageContent);

    const lost = report.confirmed.filter((id) => !found.has(id));
    const torn = [...found.values()].filter((one) => !one.endsWith("end"));
    await show("Ended by kill -9", report.wasKilled);
    const rows: [string, number][] = [
      ["confirmed before it died", report.confirmed.length],
      ["there afterwards", found.size],
      ["confirmed, and lost", lost.length],
      ["there by half", torn.length],
    ];
    await table("Documents", ["", "n"], rows);
  },
);

// Two processes write to one collection at the same time. A database makes them
// take turns, or tells one to try again. A file that two programs write without
// asking each other loses rows, and says nothing.
const beside = lab.step(
  "Two at once",
  async ({ store, writer, params, table, ifAble }) => {
    const { size } = params;
    const write = (name: string) => writer({ name, batches: 5, size });
    const reports = await ifAble(() => Promise.all([write("a"), write("b")]));
    if (!reports) return;

    const db = await store();
    const rows: [string, number, number][] = [];
    for (const [at, { confirmed }] of reports.entries()) {
      const filter = { key: "writer", eq: "ab"[at]! };
      rows.push([`${filter.eq}`, confirmed.length, await db.count(filter)]);
    }
    await table("Two writers", ["writer", "confirmed", "there"], rows);
  },
);

export default lab.steps(
  reopened.predict({
    question: "Will the documents still be there?",
    choices: ["yes", "no"],
    judge: ({ values }) => (values.After === values.Before ? "yes" : "no"),
  }),
  killed.predict({
    question: "How many of the confirmed documents will be lost?",
    choices: ["none", "some", "there is no way to try"],
    judge: (run) => {
      const lost = run.tables[0]?.rows[2]?.[1];
      if (lost === undefined) return "there is no way to try";
      return lost === "0" ? "none" : "some";
    },
  }),
  beside,
);
