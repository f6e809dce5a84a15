import { cut, walk } from "./syntax.mjs";

/**
 * What a program has in place of the tools that a step is given: files of this folder, or texts
 * made here.
 */
const FOLDER = "scripts/program/stand-ins";
const MODELS = `${FOLDER}/models.mjs`;
const CHAT = `${FOLDER}/chat.mjs`;
const STORE = `${FOLDER}/store.mjs`;
const TOOLS = `${FOLDER}/tools.mjs`;
const TESTING = `${FOLDER}/testing.mjs`;

const OF_MODELS = { chat: CHAT, complete: MODELS, embeddings: MODELS, store: STORE };
/** Tools that are taken from this package, as its users take them. */
const OF_TESTING = ["scripted", "strictEndpoint", "tape"];
/** Values that the command writes: they depend on the run's settings. */
export const SETTINGS = [
  "params",
  "BASE_URL",
  "CHAT",
  "BASE_MODEL",
  "BASE_MODELS",
  "EMBEDDING_MODEL",
  "handbookPassages",
  "handbookChapters",
];

/** The file that has a tool's stand-in. */
export const fileOf = (tool) => OF_MODELS[tool] ?? (OF_TESTING.includes(tool) ? TESTING : TOOLS);
/** Whether a tool makes a model or a store: the rest shows things. */
export const isModel = (tool) => tool in OF_MODELS;

/** Classes of LangChain that count tokens with the model; it would download the encoding. */
const COUNTING = ["ConversationTokenBufferMemory", "ConversationSummaryBufferMemory"];

/** Gives the modules a `chat` and a `store` that have what some steps need, and no more. */
export function giveStandIns(modules, { tools, imported, properties }) {
  modules.give(
    CHAT,
    chatText({
      faults: properties.has("fault"),
      fetches: properties.has("fetch"),
      counts: COUNTING.some((name) => imported.has(name)),
      spends: tools.has("spent"),
    }),
  );
  modules.give(TESTING, `import { ${OF_TESTING.join(", ")} } from "llm-lab/testing";\n`);
  modules.forget(STORE);
  if (tools.has("store")) modules.give(STORE, storeText(modules.module(STORE), properties));
}

function chatText({ faults, fetches, counts, spends }) {
  const imports = [
    'import { ChatOpenAI } from "@langchain/openai";',
    'import { printing } from "./models.mjs";',
    faults && 'import { faultyWire } from "../../../src/model/fault.ts";',
    counts && 'import { countTokens } from "./tools.mjs";',
    spends && 'import { meter } from "./tools.mjs";',
  ];
  const way = faults ? ", fetch: faultyWire(fetch, fault)" : fetches ? ", fetch" : "";
  const taken = [faults && 'fault = "none"', fetches && "fetch = globalThis.fetch", "...options"];
  const made = `new ChatOpenAI({
    ...CHAT,
    ...options,
    configuration: { baseURL: BASE_URL${way} },
    callbacks: [printing${spends ? ", meter" : ""}],
  })`;
  const body = counts
    ? `const model = ${made};
  // LangChain would download the encoding to count tokens.
  model.getNumTokens = async (text) => countTokens(text);
  return model;`
    : `return ${made};`;
  return `${imports.filter(Boolean).join("\n")}
/** A chat model behind OpenAI's protocol. */
export function chat(${faults || fetches ? `{ ${taken.filter(Boolean).join(", ")} } = {}` : "options"}) {
  ${body}
}
`;
}

/** The methods of LangChain's own stores. */
const LANGCHAINS = [
  "addDocuments",
  "addVectors",
  "asRetriever",
  "maxMarginalRelevanceSearch",
  "similaritySearch",
  "similaritySearchWithScore",
];

/** The store with those of llm-lab's methods that are called; LangChain's own where none is. */
function storeText({ code, program, pieces }, properties) {
  const statement = program.body.find((one) => one.declaration?.type === "ClassDeclaration");
  const { body } = statement.declaration.body;
  const filters = properties.has("key");
  const own = body.map(({ key }) => key.name).filter((name) => !IMPLIED.includes(name));
  const called = own.filter((name) => properties.has(name));
  const kept = new Set([
    ...called,
    ...(called.length > 0 || filters ? ["addVectors"] : []),
    ...(filters ? ["similaritySearchVectorWithScore"] : []),
  ]);
  const theirs = LANGCHAINS.filter((name) => properties.has(name));
  const said = `LangChain's methods here: ${theirs.join(", ") || "none"}.`;
  if (kept.size === 0) {
    return code
      .replace(code.slice(statement.start, statement.end), "")
      .replace("new Store(", "new MemoryVectorStore(")
      .replace(
        pieces.get("store").text.match(/\/\*\*.*\*\//)[0],
        `/** LangChain's own store, in this program's memory. ${said} */`,
      );
  }
  const cuts = body
    .filter(({ key }) => !kept.has(key.name))
    .map((member) => [startOfComment(code, member), member.end]);
  const text = cut(code, [0, code.length], cuts)
    .replaceAll(/\n{3,}/g, "\n\n")
    .replaceAll("{\n\n", "{\n")
    .replaceAll("\n\n}", "\n}");
  const ours = called.length > 0 ? `llm-lab's own, written out: ${called.join(", ")}.` : "";
  const filter = filters ? "Filters are written as llm-lab writes them." : "";
  const comment = ["LangChain's store.", said, ours, filter].filter(Boolean).join("\n * ");
  return text.replace("export class", `/**\n * ${comment}\n */\nexport class`);
}

/** Methods that come with the others, or with filters. */
const IMPLIED = ["addVectors", "similaritySearchVectorWithScore"];

/** Where the line comment right above a member begins, or the member. */
function startOfComment(code, { start }) {
  const above = /(?:[ \t]*\/\/[^\n]*\n)?[ \t]*$/.exec(code.slice(0, start));
  return above[0].includes("//") ? start - above[0].length : start;
}

/** Why a program cannot do what a step does; undefined where it can. */
export function refusal({ tools, properties, body }) {
  const tool = Object.keys(BY_TOOL).find((name) => tools.has(name));
  if (tool) return BY_TOOL[tool];
  const usesTiny = [...walk(body)].some(
    ({ callee, arguments: given }) => callee?.name === "tokens" && given.length > 1,
  );
  if (usesTiny)
    return "It cuts text with the tokenizer of llm-lab's tiny model, which no package has";
  if (!tools.has("store")) return undefined;
  const method = Object.keys(BY_METHOD).find((name) => properties.has(name));
  return method && BY_METHOD[method];
}

const BY_TOOL = {
  train: "It trains llm-lab's tiny model, which no package has",
  encoder: "It looks into llm-lab's sentence encoder, which no package has",
  doctor: "It runs the checks of llm-lab doctor, which are not LangChain's",
  writer: "It has other processes write to the store",
};

const NO_WORDS = "It searches by words, which LangChain's MemoryVectorStore cannot";
const NO_INDEX = "It makes an index, which LangChain's MemoryVectorStore does not have";
const NO_VERSIONS =
  "It goes back to an old version, which LangChain's MemoryVectorStore does not keep";
const BY_METHOD = {
  keywordSearch: NO_WORDS,
  hybridSearch: NO_WORDS,
  createIndex: NO_INDEX,
  versions: NO_VERSIONS,
  compact: "It tidies the files of a store, and LangChain's MemoryVectorStore has none",
  diskUse: "It measures what llm-lab's store holds on disk",
  close: "It closes the store and opens it again, and LangChain's MemoryVectorStore is gone then",
};
