import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Document } from "@langchain/core/documents";
import { parse } from "csv-parse/sync";
import { decode, encode } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as countOlder } from "gpt-tokenizer/esm/encoding/cl100k_base";
import { countTokens as countNewer } from "gpt-tokenizer/esm/encoding/o200k_base";

/** Prints a value under a label. */
export async function show(label, value) {
  console.log(`${label}:`, value);
}

/** Prints what a memory would send. */
export async function look(memory, title = "What the memory would send") {
  console.log(`${title}:`, await memory.loadMemoryVariables({}));
}

/** Prints a table. */
export async function table(title, columns, rows) {
  console.log(`\n${title}`);
  console.table(rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))));
}

/** Prints what came of something that may fail. */
export async function fails(what, attempt) {
  await attempt().then(
    (value) => console.log(`${what}: no error.`, value),
    (error) => console.log(`${what}: ${error.name}: ${error.message.trim()}`),
  );
}

/** llm-lab shows the calls of the step on a time line here. */
export async function timeline() {}

/** llm-lab draws the chain here, with the values that flowed through it. */
export async function draw() {}

/** The rows of a table in CSV. */
export async function rows(csv) {
  return parse(csv, { columns: true, skip_empty_lines: true, trim: true, bom: true });
}

/** llm-lab draws a chart here; these are its points. */
export async function plot(title, _axes, series) {
  console.log(`\n${title}`);
  for (const { name, points, xs } of series) console.log(name, xs ? { xs, points } : points);
}

/** llm-lab draws bars here; these are their shares. */
export async function bars(title, shares) {
  console.log(`\n${title}`);
  console.table(shares);
}

/** llm-lab asks the learner here; null is no answer. */
export async function choose(question, choices) {
  console.log(question, choices);
  return null;
}

/** Tokens of a text, counted on this machine. */
export function countTokens(text) {
  return encode(text, { disallowedSpecial: new Set() }).length;
}

/** Tokens of a text in an encoding of OpenAI's. */
export async function countIn(encoding, text) {
  return encoding === "o200k_base" ? countNewer(text) : countOlder(text);
}

/** Prints a text cut into tokens. */
export async function tokens(text) {
  console.log(encode(text, { disallowedSpecial: new Set() }).map((token) => decode([token])));
}

/** Calls and tokens since this was last asked. */
export function spent() {
  const seen = usages.splice(0);
  const sum = (name) => seen.reduce((all, usage) => all + (usage?.[name] ?? 0), 0);
  const tokens = { input: sum("input_tokens"), output: sum("output_tokens") };
  return { calls: seen.length, tokens, cost: null, ms: 0 };
}

export const usages = [];

/** Notes what each reply took. */
export const meter = {
  awaitHandlers: true,
  handleLLMEnd({ generations }) {
    usages.push(generations[0]?.[0]?.message?.usage_metadata);
  },
};

/** The path of a file in a new folder. */
export function file(name) {
  folders[0] ??= mkdtempSync(join(tmpdir(), "step-"));
  return join(folders[0], name);
}

export const folders = [];

/** The passages of llm-lab's handbook, as LangChain's documents. */
export async function handbook() {
  return handbookPassages().map((fields) => new Document(fields));
}

/** The Markdown and text files right in a folder; "the handbook" is llm-lab's, as it is written. */
export async function folder(path) {
  if (path === "the handbook") return handbookChapters().map((fields) => new Document(fields));
  const names = readdirSync(path).filter((name) => /\.(md|txt)$/.test(name));
  return names.map((name) => {
    const pageContent = readFileSync(join(path, name), "utf8");
    return new Document({ pageContent, metadata: { source: name } });
  });
}

/** llm-lab says here what its store cannot do. */
export async function ifAble(attempt) {
  return attempt();
}

/** llm-lab draws vectors as points of a map here. */
export async function map(title, points) {
  console.log(`\n${title}`);
  console.table(points.map(({ label, group }) => ({ label, group })));
}

/** llm-lab shows how far the work is. */
export async function work(_title, _of, doing) {
  return doing(async () => {});
}

/** Prints a remark. */
export async function note(text) {
  console.log(text);
}

/** Base models to compare. */
export const baseModels = BASE_MODELS;

/** The way to the endpoint. */
export const wire = globalThis.fetch;
