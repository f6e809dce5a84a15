import type { ChatTool, TextMessage, ToolUse } from "../../protocol.ts";
import { contextIn } from "../grounded/prompt.ts";
import { clausesOf, ownStems, type Tool, toolsFor } from "../meant-tools.ts";
import { isQuestion, isRequest } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { fillSchema } from "../schema/fill.ts";
import { isObject, resolved } from "../schema/shape.ts";
import { thingsIn } from "../schema/spoken.ts";
import { ofKind, type Told } from "../schema/told.ts";
import type { Skill, TutorRequest } from "../skill.ts";
import { workOut } from "../sums/arithmetic.ts";
import { questionsIn } from "./several-parts.ts";
import { isGreeting } from "./smalltalk.ts";
import { toldBy } from "./structured-output.ts";

const weather: ChatTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city.",
    parameters: { properties: { city: { type: "string" } }, required: ["city"] },
  },
};

/**
 * Asks the program to call functions before the tutor answers: those that do what the human asks
 * for.
 */
export const useTool: Skill = {
  name: "a tool to call",
  answer: chooseTools,
  examples: [
    {
      asked: "How much is a loaf of rye?",
      tools: [
        {
          type: "function",
          function: {
            name: "search_notes",
            description: "Search the notes of the bakery.",
            parameters: { properties: { query: { type: "string" } }, required: ["query"] },
          },
        },
      ],
      answer: 'search_notes({"query":"How much is a loaf of rye?"})',
    },
    {
      asked: "What's the weather in Paris and Rome?",
      tools: [weather],
      answer: 'get_weather({"city":"Paris"}),get_weather({"city":"Rome"})',
    },
    {
      asked: "Is it going to rain in Oslo?",
      tools: [weather],
      answer: 'get_weather({"city":"Oslo"})',
    },
  ],
};

/** A name that nobody writes who does not mean the tool: "get_stock", not "refund". */
const NOT_A_WORD = /.[_\d]|\p{Ll}\p{Lu}/u;

/** A tool that finds something in documents, by what its name and description say. */
const FINDS = /search|retriev|look[ _-]?up|find|query|docs?\b|document|handbook|knowledge|passage/i;
const NAMES_OF_QUERY = /^(?:query|question|input|text|search|q|topic)$/i;

/**
 * The calls that the tutor asks for. It calls a tool whose words the question shares and whose
 * arguments it tells; else one that searches, for a question that is not about the human and no
 * sum. Undefined where no tool is meant or allowed, or where the tools have answered.
 */
function chooseTools(request: TutorRequest): readonly ToolUse[] | undefined {
  const { messages, tools = [], choice, oneCall } = request;
  if (choice === "none" || tools.length === 0) return undefined;
  // What a prompt gives to answer from asks for nothing.
  const told = toldBy(contextIn(messages)?.talk ?? messages);
  const all = tools.map((tool) => tool.function);
  if (typeof choice === "object") {
    const forced = all.find(({ name }) => name === choice.function.name);
    return forced && [useOf(forced, told).use];
  }
  const made = callsSince(messages);
  const results = foundFor(messages) ?? [];
  const wanted = meant(all, messages, told, results).filter(
    (use) =>
      !made.some((one) => one.name === use.name && one.arguments === JSON.stringify(use.arguments)),
  );
  if (choice === "required") {
    const next = all.find(({ name }) => !made.some((one) => one.name === name)) ?? all[0]!;
    return wanted.length > 0 ? first(wanted, oneCall) : [useOf(next, told).use];
  }
  if (results.length === 0 || (oneCall && made.length > 0)) return first(wanted, oneCall);
  // A call that failed is made again as it was meant; what a tool found may tell the next call.
  const isFailed = results.some(isFailure);
  const next = wanted.filter(({ name }) => isFailed || !made.some((one) => one.name === name));
  return first(next, oneCall);
}

const first = (uses: readonly ToolUse[], isOne = false) =>
  uses.length === 0 ? undefined : isOne ? uses.slice(0, 1) : uses;

/** What tools have answered since the human last spoke. */
export function foundFor(messages: readonly TextMessage[]): readonly TextMessage[] | undefined {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
  const results = since.filter(({ role }) => role === "tool" || role === "function");
  return results.length === 0 ? undefined : results;
}

/** Whether a result says that the call could not be done, as programs word that. */
export const isFailure = ({ content }: TextMessage) =>
  /^\s*(?:\w*Error\b|Exception\b)|\bis not a valid tool\b|\bdid not match\b.*\bschema\b|\bfix your mistakes\b/i.test(
    content,
  );

const callsSince = (messages: readonly TextMessage[]) =>
  messages
    .slice(messages.findLastIndex(({ role }) => role === "user") + 1)
    .flatMap(({ calls = [] }) => calls);

/** The calls that the question asks for, as far as it and what was found tell their arguments. */
function meant(
  tools: readonly Tool[],
  messages: readonly TextMessage[],
  told: Told,
  results: readonly TextMessage[],
): ToolUse[] {
  const question = told.question.trim();
  if (question === "" || isGreeting(question)) return [];
  const said = messages.filter(({ role }) => role !== "assistant" && role !== "tool");
  const isNamed = ({ name }: Tool) =>
    NOT_A_WORD.test(name) && said.some(({ content }) => content.includes(name));
  const able = tools.filter((tool) => !searches(tool) || isNamed(tool));
  const found = results.filter((one) => !isFailure(one)).map(({ content }) => content);
  const use = (tool: Tool, clause: string) => {
    const before = clause === question ? told.before : [question, ...told.before];
    const { use, isTold } = useOf(tool, { ...told, question: clause, before }, found.toReversed());
    return isTold || isNamed(tool) ? spread(tool, use, clause) : [];
  };
  const clauses = clausesOf(question, able);
  const asked = (clause: string) => [
    ...new Set([...able.filter(isNamed), ...toolsFor(clause, able)]),
  ];
  const uses = clauses.flatMap((clause) => asked(clause).flatMap((tool) => use(tool, clause)));
  if (uses.length > 0) return distinct(uses);
  const whole = asked(question).flatMap((tool) => use(tool, question));
  if (whole.length > 0) return whole;
  const search = tools.find((tool) => searches(tool));
  if (!search || !wantsLookUp(question)) return [];
  // A question of two parts is looked up twice.
  const parts = questionsIn(question).filter(wantsLookUp).slice(0, MOST_SEARCHES);
  const queries = parts.length > 1 ? parts : [question];
  return queries.map((query) => ({
    name: search.name,
    arguments: { [queryField(search)!]: query },
  }));
}

const MOST_SEARCHES = 4;

/** Whether a tool takes a question and finds passages, which are then to be quoted. */
export const searches = (tool: Tool) =>
  FINDS.test(`${tool.name} ${tool.description ?? ""}`) && queryField(tool) !== undefined;

/** A call of a tool, and whether the conversation tells all arguments that it needs. */
function useOf(
  tool: Tool,
  told: Told,
  found: readonly string[] = [],
): { use: ToolUse; isTold: boolean } {
  const schema = { type: "object", ...tool.parameters };
  const field = queryField(tool);
  if (field !== undefined && (searches(tool) || NAMES_OF_QUERY.test(field)))
    return { use: { name: tool.name, arguments: { [field]: told.question.trim() } }, isTold: true };
  const call = { own: new Set(ownStems(tool)), found, isNeeded: true };
  const { value, isTold } = fillSchema(schema, { ...told, call });
  const isFree = Object.keys(resolved(schema, schema).properties ?? {}).length === 0;
  return {
    use: { name: tool.name, arguments: isObject(value) ? value : {} },
    isTold: isTold || isFree,
  };
}

/** A call for each place, person or thing that the question lists, where a tool takes one. */
function spread(tool: Tool, use: ToolUse, question: string): ToolUse[] {
  const schema = { ...tool.parameters };
  const { properties = {}, required = Object.keys(properties) } = resolved(schema, schema);
  const [field] = required;
  if (required.length !== 1 || field === undefined) return [use];
  const shape = resolved(properties[field], schema);
  if (shape.type !== "string" || shape.enum) return [use];
  const words = `${field} ${shape.description ?? ""}`.toLowerCase();
  const all = [...new Set(ofKind(words, question) ?? thingsIn(question, new Set(ownStems(tool))))];
  if (all.length < 2 || !all.includes(String(use.arguments[field]))) return [use];
  return all
    .slice(0, 20)
    .map((value) => ({ name: use.name, arguments: { ...use.arguments, [field]: value } }));
}

function distinct(uses: readonly ToolUse[]): ToolUse[] {
  const seen = new Map(uses.map((use) => [JSON.stringify(use), use]));
  return [...seen.values()];
}

function wantsLookUp(question: string): boolean {
  return (
    (isQuestion(question) || isRequest(question)) &&
    !isAboutHuman(question) &&
    workOut(question) === undefined
  );
}

/**
 * The parameter that takes the question: one of a usual name, else the only text that must be
 * given.
 */
function queryField({ parameters }: Tool): string | undefined {
  const schema = { ...parameters };
  const { properties = {}, required } = resolved(schema, schema);
  const texts = Object.entries(properties)
    .filter(([, shape]) => shape.type === "string" && shape.enum === undefined)
    .map(([name]) => name);
  const usual = texts.find((name) => NAMES_OF_QUERY.test(name));
  const needed = required ?? texts;
  const field = usual ?? (texts.length === 1 ? texts[0] : undefined);
  return field !== undefined && needed.every((name) => name === field) ? field : undefined;
}
