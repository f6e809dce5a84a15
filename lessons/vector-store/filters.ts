import {
  type Filter,
  integer,
  section,
  text,
  vectors,
} from "../../src/lab.ts";
import { ROW_LEVEL_SECURITY } from "./material.ts";

// A question is not only about meaning. Whose document is it, how old, of which
// kind? Such facts stand in the metadata, and a *filter* asks for them exactly.
// More: `llm-lab help metadata-filter`.
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

// The filter is part of the search: the store first decides which documents may
// be found, then returns the k nearest of those. LangChain passes a filter as the
// third argument; what you write in it depends on the store.
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

// Each engine has its own filter language. llm-lab translates one notation for all
// of them: equality, a list, ranges, and, or, not. It passes keys and values as
// data. What a user types must never become part of a query: see the last row.
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

// Some code filters *after* the search: it fetches the nearest of all documents,
// and drops those that may not be seen. Here every fortieth document is yours.
// The table counts how many of yours are left, for three numbers of fetched
// documents, and how many a filter within the search finds.
const collapse = lab.step<{ left: number; needed: number }>(
  "Filter after the search",
  async ({ store, handbook, params, table, tell }) => {
    const db = await store();
    const passages = await handbook();
    for (const [n, passage] of passages.entries())
      passage.metadata.tenant = n % 40 === 7 ? "you" : "others";
    await db.addDocuments(passages);
    const { question, k } = params;
    const isYours = ({ metadata }: Passage) => metadata.tenant === "you";

    const all = await db.similaritySearch(question, passages.length);
    const rows = [k, 4 * k, 16 * k].map((fetched): [string, number] => {
      const left = all.slice(0, fetched).filter(isYours).length;
      return [`filter after fetching ${fetched}`, left];
    });
    const filter = { key: "tenant", eq: "you" };
    const found = await db.similaritySearch(question, k, filter);
    rows.push(["filter within the search", found.length]);
    await table(`Asked for ${k}`, ["way", "found"], rows);

    const needed = all.findLastIndex(isYours) + 1;
    await tell({ left: rows[0]![1], needed });
  },
);

type Passage = { metadata: Record<string, unknown> };

// A *tenant* is a customer whose documents nobody else may see. acme may write a
// filter of its own, and tries one that asks for somebody else's documents. The
// last panel shows how Postgres keeps tenants apart below your code, with
// *row-level security* (RLS). In Qdrant, keep one collection with a tenant index,
// and give only very large tenants a shard of their own. More:
// `llm-lab help tenants`.
const tenants = lab.step<{ named: number }>(
  "One store, many customers",
  async ({ store, handbook, params, table, show, tell }) => {
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
    const all = await acme({ not: { key: "tenant", eq: "nobody" } });
    const named = await acme({ key: "tenant", eq: "globex" });

    const seen = new Set(all.map(({ metadata }) => metadata.tenant));
    const rows = [
      ["everything", [...seen].join(", ")],
      ["what is globex's", named.length],
    ];
    await table("acme asks", ["for", "gets"], rows);
    await show("In Postgres", ROW_LEVEL_SECURITY);
    await tell({ named: named.length });
  },
);

export default lab.steps(
  where,
  operators.expect(
    "a value with SQL in it meets no document",
    ({ tables }) => tables[0]?.rows.at(-1)?.at(-1) === "0",
  ),
  collapse
    .predict({
      question:
        "You ask for the k nearest and filter afterwards. How many of them are yours?",
      choices: ["all k", "a few", "none"],
      judge: ({ facts, params }) => {
        if (facts.left === params.k) return "all k";
        return facts.left === 0 ? "none" : "a few";
      },
      why: ({ facts }) =>
        `A filter that keeps few leaves almost nothing of the nearest, and no error says so. To see all of yours here you would have to fetch ${facts.needed} documents.`,
    })
    .expect("a filter after the search leaves none of yours", "none"),
  tenants
    .predict({
      question:
        "acme's own filter asks for tenant globex. How many documents will it get?",
      choices: ["none", "some"],
      judge: ({ facts }) => (facts.named === 0 ? "none" : "some"),
      why: "Do not trust each caller to add the tenant: give out a function that adds it, as here. It joins both filters with `and`, and no document belongs to acme and to globex.",
    })
    .expect("nobody gets another tenant's documents", "none"),
);
