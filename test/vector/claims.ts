import { ENGINES, STORE_NAMES, type StoreName } from "../../src/vector/engines.ts";

/** What the conformance suite shows of each store; a claim without a test does not compile. */
export const CLAIMS = {
  add: "Text, metadata and id come back as they were added, odd characters too",
  upsert: "Adding an id again replaces it; the same document without an id is kept once",
  factories: "`.fromTexts()` and `.fromDocuments()` make a store and fill it",
  delete: "Documents go by id, by filter, or all of them",
  filters: "Filters: equality, in, ranges, and, or, not",
  hostile: "Keys and values of quotes, SQL, control characters and `__proto__` are only data",
  filterFirst: "A filter that few documents meet still gives k of them",
  score: "The score is the cosine similarity, clipped to [0, 1]",
  mmr: "Maximal marginal relevance",
  retriever: "`.asRetriever()`, by similarity and by MMR",
  scan: "All documents can be read, with their vectors",
  dimension: "A vector of another dimension is refused, and nothing is lost",
  many: "10,000 documents",
  model: "A collection opened with another embedding model is refused",
  reopen: "All is there when opened again",
  twoProcesses: "Two processes write at once, the same ids too, and nothing is lost or doubled",
  killed: "Killed with -9 while writing: what was confirmed is there, and every document is whole",
  wholeBatch: "… and of each batch there is all or nothing",
  index: "An index, with `exact` to go round it",
  keywords: "Full text search, and hybrid search by reciprocal rank fusion",
  versions: "Older versions can be read and brought back",
  compact: "Compaction on demand",
} as const;

export type Claim = keyof typeof CLAIMS;

const GONE = "It lives in the memory of one process";

/** What a store cannot do, and why. The suite shows that it says so, too. */
export const UNSUPPORTED: Record<StoreName, Partial<Record<Claim, string>>> = {
  lancedb: {},
  pgvector: { versions: "Postgres keeps no old versions of rows; back up with pg_dump" },
  qdrant: {
    wholeBatch: "Qdrant confirms a batch as one, but applies it document by document",
    keywords: "Qdrant filters by words, but does not rank by them",
    versions: "Qdrant makes snapshots, which are restored whole",
    compact: "Qdrant compacts by itself",
  },
  memory: {
    model: GONE,
    reopen: GONE,
    twoProcesses: GONE,
    killed: GONE,
    wholeBatch: GONE,
    index: "It compares with every vector",
    keywords: "It has vectors only",
    versions: "It keeps the newest only",
    compact: "There is nothing to compact",
  },
};

/** What else helps to choose; how a store is named comes from its engine. */
const FACTS: Record<string, Record<StoreName, string>> = {
  "Score, from what the engine gives": {
    lancedb: "1 - cosine distance",
    pgvector: "1 - cosine distance (`<=>`)",
    qdrant: "cosine similarity",
    memory: "cosine similarity",
  },
  "Indexes of vectors": {
    lancedb: "`ivf-flat`, `ivf-rq`, `hnsw-sq`",
    pgvector: "`hnsw`, `ivf-flat`",
    qdrant: "`hnsw`, by itself",
    memory: "none",
  },
  "Knobs of a search": {
    lancedb: "`exact`, `nprobes`, `ef`, `refine`",
    pgvector: "`exact`, `nprobes`, `ef`",
    qdrant: "`exact`, `ef`",
    memory: "none",
  },
};

/** docs/stores.md: `npm run docs:stores` writes it, and a test holds it against this. */
export function storesPage(): string {
  const notes: string[] = [];
  const cell = (store: StoreName, claim: Claim) => {
    const why = UNSUPPORTED[store][claim];
    if (!why) return "yes";
    const known = notes.indexOf(why);
    return `no (${known < 0 ? notes.push(why) : known + 1})`;
  };
  const facts = [
    line(["It runs as", ...ENGINES.map(({ runsAs }) => runsAs)]),
    line(["Choose it by", ...ENGINES.map(({ example }) => code(example))]),
    line([
      "Or set",
      ...ENGINES.map(({ settings }) => Object.values(settings).map(code).join(", ")),
    ]),
    ...Object.entries(FACTS).map(([fact, by]) => line([fact, ...STORE_NAMES.map((n) => by[n])])),
  ];
  const claims = Object.entries(CLAIMS).map(([claim, says]) =>
    line([says, ...STORE_NAMES.map((name) => cell(name, claim as Claim))]),
  );
  const head = [line(["", ...STORE_NAMES]), line(["---", ...STORE_NAMES.map(() => "---")])];
  return `# Vector stores

All stores stand behind LangChain's \`VectorStore\`, and \`--store\` chooses one. Without it, llm-lab uses
\`${STORE_NAMES[0]}\`.

${[...head, ...facts].join("\n")}

## How to name a store

\`lesson\`, \`index\` and \`ask\` read a store in the same way:

- \`--store\` takes a name, or the address of a server. \`index --into\` and \`ask --in\` take LanceDB's folder, or
  an address.
- A server's address can be set in the environment or in \`.env\` instead: then its name is enough. \`llm-lab doctor\`
  shows whether the servers that you set answer.
${ENGINES.filter(({ schemes }) => schemes.length > 0)
  .map(
    ({ name, schemes }) =>
      `- Addresses of ${name} begin with ${schemes.map((one) => code(`${one}://`)).join(", ")}.`,
  )
  .join("\n")}
- SQLAlchemy's \`postgresql+psycopg2://\` and JDBC's \`jdbc:postgresql://\` work too.
- In a password, write \`@ # / ? %\` as \`%40 %23 %2F %3F %25\`. llm-lab never prints it.
- An address in \`.env\` gets the key from \`.env\` only, never one from your environment.

## What each store can do

Each line is a part of the conformance suite (\`test/vector/conformance.ts\`) that runs over every store with
\`npm test\`: LanceDB on a folder, pgvector on a real Postgres in this process, Qdrant on a server that speaks its
routes and, when \`QDRANT_URL\` is set, on a real one.

${[...head, ...claims].join("\n")}

${notes.map((note, index) => `${index + 1}. ${note}.`).join("\n")}

This page is written by \`npm run docs:stores\`.
`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function line(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
