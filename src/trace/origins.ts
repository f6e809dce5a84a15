import { parseFString } from "@langchain/core/prompts";
import type { Origin, PromptMessage, PromptPart } from "./events.ts";
import { partsByRole, roleOf, type WireMessage } from "./roles.ts";

/** A prompt template and the values that were filled in, as a chain's callbacks report them. */
export interface Filling {
  template: string;
  values: Record<string, unknown>;
}

/**
 * Splits the messages of a request into parts by where each came from.
 *
 * The text is always the wire's. A template only tells where to cut it, and is used only if it
 * fits to the letter; `summaries` are earlier replies to summary prompts, which may stand anywhere.
 */
export function splitByOrigin(
  messages: readonly WireMessage[],
  fillings: readonly Filling[],
  summaries: readonly string[],
): PromptMessage[] {
  const lastInput = messages.findLastIndex((message) => message.role === "user");
  return messages.map((message, index) => {
    const filled = fillings
      .map((filling) => align(message.content, filling))
      .find((parts) => parts !== undefined);
    const parts = filled ?? partsByRole(message, index === lastInput);
    return {
      role: roleOf(message.role),
      ...(message.name === undefined ? {} : { name: message.name }),
      parts: parts.flatMap((part) => markSummaries(part, summaries)),
    };
  });
}

/**
 * The text cut at the places where the template's variables were filled in; undefined if it does
 * not fit.
 */
function align(text: string, { template, values }: Filling): PromptPart[] | undefined {
  const parts: PromptPart[] = [];
  let at = 0;
  for (const node of parse(template)) {
    const piece = node.type === "literal" ? node.text : asText(values[node.name]);
    if (piece === undefined || !text.startsWith(piece, at)) return undefined;
    at += piece.length;
    const last = parts.at(-1);
    if (piece === "") continue;
    if (node.type === "variable")
      parts.push({ origin: originOfVariable(node.name), variable: node.name, text: piece });
    else if (last?.origin === "template") last.text += piece;
    else parts.push({ origin: "template", text: piece });
  }
  return at === text.length ? parts : undefined;
}

function parse(template: string) {
  try {
    return parseFString(template);
  } catch {
    return [];
  }
}

function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

const HISTORY_VARIABLES = new Set(["history", "chat_history", "new_lines", "messages"]);
/** What retrieval chains call the passages that they fill in. */
const CONTEXT_VARIABLES = new Set(["context", "documents", "passages", "sources"]);

function originOfVariable(name: string): Origin {
  if (name === "summary") return "summary";
  if (CONTEXT_VARIABLES.has(name)) return "context";
  return HISTORY_VARIABLES.has(name) ? "history" : "input";
}

/** Cuts a summary that was written earlier out of a part that carries it. */
function markSummaries(part: PromptPart, summaries: readonly string[]): PromptPart[] {
  if (part.origin === "summary" || part.origin === "context") return [part];
  const summary = summaries.findLast((known) => known !== "" && part.text.includes(known));
  if (!summary) return [part];
  const at = part.text.indexOf(summary);
  const around = (text: string): PromptPart[] => (text === "" ? [] : [{ ...part, text }]);
  return [
    ...around(part.text.slice(0, at)),
    { ...part, origin: "summary", text: summary },
    ...around(part.text.slice(at + summary.length)),
  ];
}
