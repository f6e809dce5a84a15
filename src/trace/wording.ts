import { clean } from "../clean.ts";
import { countOf, formatCount, formatDollars, formatDuration, formatPercent } from "../format.ts";
import type { Bar, EventOf, FoundPassage, Json, Totals } from "./events.ts";

/** What of a run says how its costs are worded. */
export interface CostFacts {
  offline: boolean;
  /** year and month of the prices */
  pricesAsOf: string;
  /** how long it took is left out, as it is never the same twice */
  timeless?: boolean;
}

/** "2 calls · 64 tokens in · 12 out · 3 ms · free" */
export function totalsText(totals: Totals, facts: CostFacts): string {
  const { calls, unanswered = 0, tokens, cost, ms } = totals;
  return dotted([
    `${countOf(calls, "call")}${unanswered > 0 ? `, ${unanswered} without an answer` : ""}`,
    `${countOf(tokens.input, "token")} in`,
    `${formatCount(tokens.output)} out`,
    tookText(ms, facts),
    costText(cost, facts),
  ]);
}

/** The figures of one call. */
export function metricsText(event: EventOf<"call-end">, facts: CostFacts): string {
  return dotted([
    `${countOf(event.tokens.input, "token")} in`,
    event.cached ? `${formatCount(event.cached)} of them from the cache` : "",
    `${formatCount(event.tokens.output)} out`,
    tookText(event.ms, facts),
    costText(event.cost, facts),
  ]);
}

/** What embedding texts took. */
export function embeddedText(
  { model, texts, tokens, cost, ms }: EventOf<"texts-embedded">,
  facts: CostFacts,
): string {
  return dotted([
    `${countOf(texts, "text")} → ${clean(model)}`,
    countOf(tokens, "token"),
    tookText(ms, facts),
    costText(cost, facts),
  ]);
}

const tookText = (ms: number, { timeless }: CostFacts) => (timeless ? "" : formatDuration(ms));

export function costText(cost: number | null, { offline, pricesAsOf }: CostFacts): string {
  if (cost !== null) return `about ${formatDollars(cost)} at prices of ${pricesAsOf}`;
  return offline ? "free" : "";
}

/** What was asked and what came, on a line; a tool call has its arrow already. */
export const exchangeText = (asked: string, reply: string): string =>
  reply.startsWith("→") ? `${asked} ${reply}` : `${asked} → ${reply}`;

/** Who makes a call, and to which model. */
export function callText(event: EventOf<"call-start">): string {
  const who = event.caller ?? "your code";
  const what =
    event.purpose === "summary"
      ? `${who} asks for a summary (a hidden call)`
      : `${who} → ${shortModel(event.model)}`;
  return `call ${event.call} · ${clean(what)}`;
}

/** A checkpoint of a learner's by its file alone: a step's lies in a folder that soon is gone. */
const shortModel = (model: string) => model.replace(/^tiny:.*[\\/]/, "tiny:");

type Schema = { type?: Json; enum?: Json; properties?: Json; required?: Json; items?: Json };

/** A schema as a person writes the arguments of a function: (order: string, amount?: number). */
export function signatureOf(parameters: Json): string {
  const { properties = {}, required = [] } = parameters as Schema;
  const fields = Object.entries(properties as Record<string, Json>).map(([name, part]) => {
    const isNeeded = (required as Json[]).includes(name);
    return `${name}${isNeeded ? "" : "?"}: ${typeText(part)}`;
  });
  return `(${fields.join(", ")})`;
}

function typeText(part: Json): string {
  const { type, enum: values, properties, items } = (part ?? {}) as Schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (properties !== undefined) return signatureOf(part).replace("(", "{ ").replace(/\)$/, " }");
  if (items !== undefined) return `${typeText(items)}[]`;
  return typeof type === "string" ? type : "any";
}

/** How a reply ended, where that is not the usual way; empty where it is. */
export function finishText({ finish }: EventOf<"call-end">): string {
  if (finish === "length") return "The reply was cut: its tokens ran out.";
  return finish === "refusal" ? "The model refused to answer." : "";
}

export function retriedText({ reason, attempt, of, waitMs }: EventOf<"call-retried">): string {
  return `${reason}; try ${attempt} of ${of} in ${formatDuration(waitMs)}`;
}

export function resentText({ call, attempt, after, waitMs }: EventOf<"call-resent">): string {
  return `↻ call ${call} is sent again, ${formatDuration(waitMs)} after ${clean(after)}: try ${attempt}`;
}

export function refusedText(event: EventOf<"parameter-refused">): string {
  const { model, parameter, value, instead } = event;
  if (instead !== undefined) return `${model} takes ${instead} in place of ${parameter}.`;
  const asked = typeof value === "object" ? parameter : `${parameter} ${value}`;
  return `${model} does not take ${clean(asked)}: left out.`;
}

/** "keeps 4 messages, sends 2, 31 tokens" */
export function memoryText({ stored, sent, tokens, content }: EventOf<"memory-shown">): string {
  const kept = stored === null ? "" : `keeps ${countOf(stored, "message")}, `;
  const sends =
    sent === null ? "" : sent === 0 && content !== "" ? "sends a text of " : `sends ${sent}, `;
  return `${kept}${sends}${countOf(tokens, "token")}`;
}

/** A value that a step shows: text as it is, anything else as JSON. */
export function valueText(value: Json): string {
  if (value === "") return "(an empty text)";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** "25.0 %", or "<0.1 %" where that would be nothing. */
export function shareText({ value }: Bar): string {
  if (!Number.isFinite(value)) return "–";
  if (value > 0 && value < 0.0005) return "<0.1 %";
  return formatPercent(value, 1);
}

/** What becomes of a prediction, in sentences that bear choices such as "it is whole". */
export function judgedText(event: EventOf<"prediction-judged">, asked = ""): string {
  const { predicted, actual, right } = event;
  if (predicted === null) return `? ${asked} The answer is: ${actual}.`;
  return right
    ? `✓ You said ${predicted}, and so it is.`
    : `✗ You said ${predicted}. The answer is: ${actual}.`;
}

/** How a lesson ended. */
export function outcomeText({ outcome, failed }: EventOf<"lesson-end">): string {
  const steps = failed.map((step) => clean(step)).join(", ");
  const partly =
    failed.length === 1
      ? `Done, but the step ${steps} failed.`
      : `Done, but these failed: ${steps}.`;
  return { done: "Done.", partly, quit: "Left early.", failed: "Stopped by an error." }[outcome];
}

/** How the learner predicted; empty where they did not. */
export function scoreText({ right, made }: EventOf<"lesson-end">["predictions"]): string {
  if (made === 0) return "";
  if (made === 1) return `Your prediction was ${right === 1 ? "right" : "wrong"}.`;
  return `${right} of ${made} predictions were right.`;
}

/** "guide.md, line 12" */
export function placeOf({ name, line, page }: FoundPassage): string {
  if (page !== null) return `${name}, page ${page}`;
  return line === null ? name : `${name}, line ${line}`;
}

/** The end of what xray saw. */
export function xrayEndText(event: EventOf<"xray-end">, facts: CostFacts): string {
  const { exitCode, totals, embedded, traps } = event;
  return dotted([
    totals.calls === 0 && embedded === 0 ? "no call came by" : totalsText(totals, facts),
    embedded > 0 ? `${countOf(embedded, "text")} embedded` : "",
    traps > 0 ? countOf(traps, "trap") : "",
    exitCode === null ? "" : `exit code ${exitCode}`,
  ]);
}

/**
 * What the tokens of a call's input are: all that the chat format adds is told where the figures
 * add up, and whose count it is where it is not ours.
 */
export function inputCountText(
  { tokens, inputCount }: EventOf<"call-end">,
  { offline }: Pick<CostFacts, "offline">,
): string {
  const { kind, by, text, added } = inputCount;
  const count = formatCount(tokens.input);
  if (by === "llm-lab")
    return `${count} in is llm-lab's own count of the text, as the endpoint gave none; out: the reply`;
  if (kind === "completion")
    return offline
      ? "in: the text as this model cuts it, and a mark where it begins; a tuned model gets marks of who speaks too; out: the reply"
      : `${count} in is the endpoint's count of the text; out: the reply`;
  if (!added)
    return `${count} in is the endpoint's count; llm-lab counts ${formatCount(text)} in the text alone. Marks of who speaks, tools, or another tokenizer may make the difference; out: the reply`;
  const { messages, marks, opening, tools } = added;
  const each = messages > 1 ? ` (${formatCount(marks / messages)} for each message)` : "";
  const whose = offline ? "" : ", by the endpoint's count";
  const described = tools === undefined ? "" : ` ${formatCount(tools)} that describe the tools,`;
  return `${count} in${whose}: ${formatCount(text)} of text,${described} ${formatCount(marks)} that mark who speaks${each}, ${opening} that open the reply; out: the reply`;
}

const dotted = (parts: string[]) => parts.filter((part) => part !== "").join(" · ");
