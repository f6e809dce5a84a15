import { stemOf } from "../../language/stems.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import type { ChatTool, TextMessage, ToolUse } from "../../protocol.ts";
import { isQuestion, isRequest } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { fillSchema } from "../schema/fill.ts";
import { spaced } from "../schema/leaves.ts";
import { isObject, resolved } from "../schema/shape.ts";
import { ofKind, type Told } from "../schema/told.ts";
import type { Skill, TutorRequest } from "../skill.ts";
import { workOut } from "../sums/arithmetic.ts";
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
  ],
};

type Tool = ChatTool["function"];

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
  const told = toldBy(messages);
  const all = tools.map((tool) => tool.function);
  if (typeof choice === "object") {
    const forced = all.find(({ name }) => name === choice.function.name);
    return forced && [useOf(forced, told).use];
  }
  const made = callsSince(messages);
  const wanted = meant(all, messages, told).filter(
    (use) =>
      !made.some((one) => one.name === use.name && one.arguments === JSON.stringify(use.arguments)),
  );
  const hasAnswer = foundFor(messages) !== undefined;
  if (choice === "required") {
    const next = all.find(({ name }) => !made.some((one) => one.name === name)) ?? all[0]!;
    return wanted.length > 0 ? first(wanted, oneCall) : [useOf(next, told).use];
  }
  if (wanted.length === 0 || (hasAnswer && !(oneCall && made.length > 0))) return undefined;
  return first(wanted, oneCall);
}

const first = (uses: readonly ToolUse[], isOne = false) => (isOne ? uses.slice(0, 1) : uses);

/** What tools have answered since the human last spoke. */
export function foundFor(messages: readonly TextMessage[]): readonly TextMessage[] | undefined {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
  const results = since.filter(({ role }) => role === "tool" || role === "function");
  return results.length === 0 ? undefined : results;
}

const callsSince = (messages: readonly TextMessage[]) =>
  messages
    .slice(messages.findLastIndex(({ role }) => role === "user") + 1)
    .flatMap(({ calls = [] }) => calls);

/** The calls that the question asks for, as far as it tells their arguments. */
function meant(tools: readonly Tool[], messages: readonly TextMessage[], told: Told): ToolUse[] {
  const question = told.question.trim();
  if (question === "" || isGreeting(question)) return [];
  const said = messages.filter(({ role }) => role !== "assistant" && role !== "tool");
  const uses = tools.flatMap((tool) => {
    const isNamed = said.some(({ content }) => content.includes(tool.name)) && tool.name.length > 3;
    if (searches(tool) && !isNamed) return [];
    if (!isNamed && !isAbout(tool, question)) return [];
    const { use, isTold } = useOf(tool, told);
    return isTold || isNamed ? spread(tool, use, question) : [];
  });
  if (uses.length > 0) return uses;
  const search = tools.find((tool) => searches(tool) && queryField(tool) !== undefined);
  if (!search || !wantsLookUp(question)) return [];
  return [{ name: search.name, arguments: { [queryField(search)!]: question } }];
}

/** Whether a tool finds passages, which are then to be quoted. */
export const searches = ({ name, description }: Pick<Tool, "name" | "description">) =>
  FINDS.test(`${name} ${description ?? ""}`);

/** A call of a tool, and whether the conversation tells all arguments that it needs. */
function useOf(tool: Tool, told: Told): { use: ToolUse; isTold: boolean } {
  const schema = { type: "object", ...tool.parameters };
  const field = queryField(tool);
  if (field !== undefined && (searches(tool) || NAMES_OF_QUERY.test(field)))
    return { use: { name: tool.name, arguments: { [field]: told.question.trim() } }, isTold: true };
  const { value } = fillSchema(schema, told);
  const { properties, required } = resolved(schema, schema);
  const needed = required ?? Object.keys(properties ?? {});
  const isTold = needed.every((name) => {
    const alone = { ...schema, properties: { [name]: properties?.[name] ?? {} }, required: [name] };
    return fillSchema(alone, told).isTold;
  });
  return { use: { name: tool.name, arguments: isObject(value) ? value : {} }, isTold };
}

/** One call for each of the places or people that the question lists, where a tool takes one. */
function spread(tool: Tool, use: ToolUse, question: string): ToolUse[] {
  const schema = { ...tool.parameters };
  const { properties = {}, required = Object.keys(properties) } = resolved(schema, schema);
  const [field] = required;
  if (required.length !== 1 || field === undefined) return [use];
  const shape = resolved(properties[field], schema);
  if (shape.type !== "string" || shape.enum) return [use];
  const all = [
    ...new Set(ofKind(`${field} ${shape.description ?? ""}`.toLowerCase(), question) ?? []),
  ];
  if (all.length < 2 || !all.includes(String(use.arguments[field]))) return [use];
  return all
    .slice(0, 20)
    .map((value) => ({ name: use.name, arguments: { ...use.arguments, [field]: value } }));
}

/** Verbs that say of any function that it does something. */
const GENERAL = new Set(
  "get set fetch return give current tool function call make use user given data value information name city country"
    .split(" ")
    .map(stemOf),
);
const OF_SUMS =
  /\b(?:add|adder|adds|sum|sums|calculat\w*|multipl\w*|arithmetic|math\w*|divid\w*|subtract\w*|plus)/i;

/**
 * Whether a question shares a word with the name of a tool or with what it is said to do, or is a
 * sum for one that does sums.
 */
function isAbout(tool: Tool, question: string): boolean {
  const words = `${spaced(tool.name)} ${tool.description ?? ""}`;
  const isSum = workOut(question) !== undefined || (/\d/.test(question) && OF_SUMS.test(question));
  if (isSum && OF_SUMS.test(words)) return true;
  const asked = new Set(stemsOf(question));
  return stemsOf(words).some((stem) => asked.has(stem));
}

const stemsOf = (text: string) =>
  wordsOf(text)
    .filter((word) => !isStopword(word) && !/^\d/.test(word))
    .map(stemOf)
    .filter((stem) => !GENERAL.has(stem));

function wantsLookUp(question: string): boolean {
  return (
    (isQuestion(question) || isRequest(question)) &&
    !isAboutHuman(question) &&
    workOut(question) === undefined
  );
}

/** The parameter that takes the question: one of a usual name, else the only text that must be given. */
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
