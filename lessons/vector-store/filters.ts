import {
  type Filter,
  integer,
  section,
  text,
  vectors,
} from "../../src/lab.ts";

// Meaning is not all that matters. Whose document is it, from when, of which
// kind? That stands in the metadata, and a *filter* asks for it exactly.
const lab = section({
  title: "Filters and tenants",
  kits: [vectors],
  params: {
    question: text({
      default: "How do I keep costs down?",
      maxLength: 300,
      help: "what you ask",
    }),
    k: integer({ default: 5, min: 1, max: 20, help: "passages to find" }),
  },
});

const idsOf = (documents: { id?: string }[]) =>
  documents.map(({ id }) => id).join(", ");

// The filter belongs to the search: first what may be found, then the nearest of
// that. The same question finds other passages in other chapters.
const where = lab.step(
  "Search within",
  async ({ store, handbook, params, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const { question, k } = params;

    const all = await db.similaritySearch(question, k);
    const memory = await db.similaritySearch(question, k, {
      key: "chapter",
      eq: "Memory",
    });

    await table(
      question,
      ["where", "found"],
      [
        ["everywhere", idsOf(all)],
        ["in the chapter Memory", idsOf(memory)],
      ],
    );
  },
);

const FILTERS: Record<string, Filter> = {
  "chapter is Tokens": { key: "chapter", eq: "Tokens" },
  "chapter is one of two": { key: "chapter", in: ["Tokens", "Memory"] },
  "over 85 words": { key: "words", gt: 85 },
  both: {
    and: [
      { key: "chapter", eq: "Tokens" },
      { key: "words", gt: 85 },
    ],
  },
  either: {
    or: [
      { key: "chapter", eq: "Tokens" },
      { key: "words", gt: 85 },
    ],
  },
  "not over 85 words": { not: { key: "words", gt: 85 } },
  "a value with SQL in it": { key: "chapter", eq: "x' OR '1'='1" },
};

// Every engine has its own language for this. Here one notation is translated
// for all of them: equality, a list, ranges, and, or, not. Keys and values are
// only ever data: what users type must never become part of a query.
const operators = lab.step(
  "What a filter can say",
  async ({ store, handbook, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());

    const rows: [string, string, number][] = [];
    for (const [name, filter] of Object.entries(FILTERS))
      rows.push([name, JSON.stringify(filter), await db.count(filter)]);

    await table("Documents that meet it", ["says", "written", "n"], rows);
  },
);

// Some code, and some engines, filter *after* the search: the k nearest of all,
// less those that may not be seen. With a filter that keeps few, almost
// nothing is left, and no error tells you. Here every fortieth document is
// yours. To be left with k after the search, you would have to fetch nearly all.
const collapse = lab.step(
  "A filter that comes too late",
  async ({ store, handbook, params, table }) => {
    const db = await store();
    const passages = await handbook();
    for (const [n, passage] of passages.entries())
      passage.metadata.tenant = n % 40 === 7 ? "you" : "others";
    await db.addDocuments(passages);
    const { question, k } = params;

    const rows: [string, number][] = [];
    for (const fetched of [k, 4 * k, 16 * k]) {
      const found = await db.similaritySearch(question, fetched);
      const yours = found.filter(({ metadata }) => metadata.tenant === "you");
      rows.push([`filter after fetching ${fetched}`, yours.length]);
    }
    const filter = { key: "tenant", eq: "you" };
    const found = await db.similaritySearch(question, k, filter);
    rows.push(["filter within the search", found.length]);
    await table(`Asked for ${k}`, ["way", "found"], rows);
  },
);

// A *tenant* is a customer whose documents nobody else may see. Do not trust
// every caller to remember the filter: give out a search that has it built in.
// In Postgres the database can hold to it by itself, with *row-level security*;
// in Qdrant and LanceDB, give tenants that matter a collection of their own.
const tenants = lab.step(
  "One store, many customers",
  async ({ store, handbook, params, table, show }) => {
    const db = await store();
    const passages = await handbook();
    for (const [n, passage] of passages.entries())
      passage.metadata.tenant = n % 2 === 0 ? "acme" : "globex";
    await db.addDocuments(passages);

    const searchFor = (tenant: string) => (own: Filter) =>
      db.similaritySearch(params.question, params.k, {
        and: [{ key: "tenant", eq: tenant }, own],
      });
    const acme = searchFor("acme");
    const cheeky = await acme({ or: [{ not: NOBODY }, { not: NOBODY }] });
    const named = await acme({ key: "tenant", eq: "globex" });

    const seen = new Set(cheeky.map(({ metadata }) => metadata.tenant));
    await table(
      "acme asks",
      ["for", "gets"],
      [
        ["everything", [...seen].join(", ")],
        ["what is globex's", named.length],
      ],
    );
    await show("In Postgres", ROW_LEVEL_SECURITY);
  },
);

const NOBODY = { key: "tenant", eq: "nobody" };

const ROW_LEVEL_SECURITY = `ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON documents
  USING (metadata->>'tenant' = current_setting('app.tenant'));`;

export default lab.steps(
  where,
  operators,
  collapse.predict({
    question:
      "You ask for the k nearest and filter afterwards. How many are yours?",
    choices: ["all k", "a few", "none"],
    judge: (run) => {
      const left = Number(run.tables[0]?.rows[0]?.[1]);
      if (left === run.params.k) return "all k";
      return left === 0 ? "none" : "a few";
    },
  }),
  tenants.predict({
    question:
      "acme asks for globex's documents by name. How many will it get?",
    choices: ["none", "some"],
    judge: (run) => (run.tables[0]?.rows[1]?.[1] === "0" ? "none" : "some"),
  }),
);
