import { integer, section, vectors } from "../../src/lab.ts";

// A database is judged by its worst day. Here a process is killed while it writes,
// and two jobs write at once. A power failure is harder still, since it also takes
// what the operating system had not yet written; that is not tried here.
const lab = section({
  title: "Durability: what a crash leaves behind",
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

// Data is *durable* if it is still there when the program has ended. The code
// closes the store, as at the end of a program, and opens it again. Try it with
// `--store memory` too. More: `llm-lab help durability`.
const reopened = lab.step<{ before: number; after: number }>(
  "Closed and opened again",
  async ({ store, handbook, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const before = await db.count();
    await show("Before", before);
    await db.close();

    const again = await store();
    const after = await again.count();
    await show("After", after);
    await tell({ before, after });
  },
);

// Another process writes batch after batch, and is killed with `kill -9` in the
// middle of a batch, so it cannot clean up. The code tests two promises: what the
// store *confirmed* is there, and no document is half there. The batch under way
// may be there or not; run the job again, and upserts complete it.
const killed = lab.step<{ lost: number | null }>(
  "Killed while writing",
  async ({ store, writer, params, show, table, ifAble, tell }) => {
    const { batches, size } = params;
    const report = await ifAble(() =>
      writer({ name: "a", batches: 1000, size, killAfter: batches }),
    );
    if (!report) return tell({ lost: null });

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
      ["half there", torn.length],
    ];
    await table("Documents", ["", "n"], rows);
    await tell({ lost: lost.length });
  },
);

// Two processes write to one collection at the same time. A database makes them
// take turns, or tells one of them to try again. A plain file that two programs
// write loses rows, and no error says so.
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
  reopened
    .predict({
      question: "Will the documents still be there?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.after === facts.before ? "yes" : "no"),
      why: ({ facts }) =>
        facts.after === facts.before
          ? "This store keeps its data outside your process, in files or on a server, so it stays when the program ends."
          : "LangChain's memory store is a list inside your process: good for tests and for trying things.",
    })
    .expect("documents outlive the program", "yes"),
  killed
    .predict({
      question: "How many of the confirmed documents will be lost?",
      choices: ["none", "some", "this store cannot be tested so"],
      judge: ({ facts: { lost } }) => {
        if (lost === null) return "this store cannot be tested so";
        return lost === 0 ? "none" : "some";
      },
      why: ({ facts: { lost } }) => {
        if (lost === null) return "It lives in one process only.";
        return lost === 0
          ? "The store confirms a batch only when it has handed it to the operating system, which outlives a killed process. A power failure asks for more: the operating system must have put it on the disk (`fsync`), and this test cannot show that."
          : "The store confirmed what it had not written: do not trust it with your data.";
      },
    })
    .expect("nothing that was confirmed is lost", "none"),
  beside,
);
