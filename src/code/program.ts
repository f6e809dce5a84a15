import { jsonOf } from "../clean.ts";
import type { ParamValue } from "../trace/events.ts";
import type { ProgramParts, SectionParts } from "./parts.ts";

/** What a program says about the run that it is taken from. */
export interface ProgramValues {
  /** the id of the lesson, section or step: "memory/window" */
  id: string;
  title: string;
  /** the name of the file, for the line that runs it */
  file: string;
  /** the values of the section's params, with a line of help for each */
  params: { name: string; value: ParamValue; help: string }[];
  chatModel: string;
  /** a chat model of OpenAI's, for the line that says how to use one */
  openAiModel: string;
  /** the temperature where a step says none; undefined for models that refuse one */
  temperature?: number;
  baseModels: string[];
  embeddingModel: string;
  /** the endpoint of the run; undefined for llm-lab's own, null for OpenAI's */
  endpoint?: string | null;
  /** the encoding of the chat model's tokens */
  encoding: string;
  /** the handbook that ships, passage by passage, and chapter by chapter */
  handbook(): { passages: object[]; chapters: object[] };
}

/** The text of a program that does what some steps do, by itself: an ECMAScript module for Node. */
export function programText(
  { steps, texts, section }: SectionParts,
  program: ProgramParts,
  values: ProgramValues,
): string {
  const own = steps.filter(({ name }) => program.steps.includes(name));
  const isWhole = program === section;
  const left = isWhole ? steps.filter(({ refused }) => refused !== undefined) : [];
  const settings = program.settings.filter((name) => !AT_THE_END.includes(name));
  const data = program.settings.filter((name) => AT_THE_END.includes(name));
  const blocks = [
    headOf(program, values),
    ...(program.imports.length > 0 ? [importsOf(program, values)] : []),
    ...(settings.includes("params") ? [paramsText(program, values)] : []),
    ...(settings.length > 1 ? [settingsText(settings, values)] : []),
    ...program.top.map((at) => texts[at]),
    ...own.map(({ name, title, text }, at) => {
      const heading = isWhole ? `// ── Step ${at + 1} of ${own.length}: ${title} ──\n\n` : "";
      return `${heading}${text}\n\nawait ${name}();`;
    }),
    ...left.map(({ title, refused }) => `// Left out: "${title}". ${refused}.`),
    ...program.bottom.map((at) => texts[at]),
    ...data.map((name) => dataText(name, values)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Data as long as a handbook: it stands below all code, in functions, which may stand anywhere. */
const AT_THE_END = ["handbookPassages", "handbookChapters"];

function headOf(program: ProgramParts, values: ProgramValues): string {
  const { packages, settings } = program;
  const { id, title, file } = values;
  const lines = [
    `${title}: ${id} of llm-lab. To run it:`,
    "",
    ...(packages.length > 0 ? [`npm i ${packages.join(" ")}`] : []),
    ...(settings.includes("BASE_URL") ? waysToRun(settings, values) : [`node ${file}`]),
  ];
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}

const SERVE = "llm-lab serve   # in another terminal";

function waysToRun(settings: string[], { file, endpoint, openAiModel }: ProgramValues): string[] {
  const withKey = `OPENAI_API_KEY=… node ${file}`;
  if (endpoint === null) return [withKey];
  if (endpoint !== undefined) return [`OPENAI_API_KEY=none node ${file}`];
  const offline = `OPENAI_BASE_URL=http://127.0.0.1:8484/v1 OPENAI_API_KEY=none node ${file}`;
  // The tiny models are nowhere else.
  if (settings.includes("BASE_MODEL")) return [SERVE, offline];
  const models = [
    ...(settings.includes("CHAT") ? [`OPENAI_MODEL=${openAiModel}`] : []),
    ...(settings.includes("EMBEDDING_MODEL") ? [`OPENAI_EMBEDDING_MODEL=${VECTORS}`] : []),
  ].join(" ");
  return [
    SERVE,
    offline,
    "",
    "or, with a key of OpenAI's and names of its models:",
    "",
    withKey.replace("node", `${models} node`),
  ];
}

/** The model of OpenAI's that makes vectors. */
const VECTORS = "text-embedding-3-small";

function importsOf({ imports }: ProgramParts, { encoding }: ProgramValues): string {
  return imports
    .join("\n")
    .replace("gpt-tokenizer/encoding/cl100k_base", `gpt-tokenizer/encoding/${encoding}`);
}

function paramsText({ params: read }: ProgramParts, { params }: ProgramValues): string {
  const lines = params
    .filter(({ name }) => read === undefined || read.includes(name))
    .map(({ name, value, help }) => `  // ${help}\n  ${name}: ${jsonOf(value)},`);
  return `const params = {\n${lines.join("\n")}\n};`;
}

function settingsText(settings: string[], values: ProgramValues): string {
  const { chatModel, temperature, baseModels, embeddingModel, endpoint } = values;
  const from = (variable: string, usual: string) => `process.env.${variable} ?? ${jsonOf(usual)}`;
  const lines: Record<string, string> = {
    BASE_URL: endpoint ? from("OPENAI_BASE_URL", endpoint) : "process.env.OPENAI_BASE_URL",
    CHAT: chatSettings(jsonOf(chatModel), temperature),
    BASE_MODEL: from("OPENAI_BASE_MODEL", baseModels[0] ?? ""),
    BASE_MODELS: jsonOf(baseModels),
    EMBEDDING_MODEL: from("OPENAI_EMBEDDING_MODEL", embeddingModel),
  };
  return settings
    .flatMap((name) => (lines[name] ? [`const ${name} = ${lines[name]};`] : []))
    .join("\n");
}

/** Models that think first refuse a temperature, so one that the learner names is given none. */
function chatSettings(model: string, temperature: number | undefined): string {
  if (temperature === undefined) return `{ model: process.env.OPENAI_MODEL ?? ${model} }`;
  return `process.env.OPENAI_MODEL
  ? { model: process.env.OPENAI_MODEL } // some models refuse a temperature
  : { model: ${model}, temperature: ${temperature} }`;
}

function dataText(name: string, { handbook }: ProgramValues): string {
  const { passages, chapters } = handbook();
  const rows = name === "handbookPassages" ? passages : chapters;
  const said = name === "handbookPassages" ? "The passages" : "The chapters";
  const lines = rows.map((row) => `    ${jsonOf(row)},`);
  return `/** ${said} of llm-lab's handbook. */\nfunction ${name}() {\n  return [\n${lines.join("\n")}\n  ];\n}`;
}
