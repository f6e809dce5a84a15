import type { LabEvent, PromptMessage, Totals } from "./events.ts";

/**
 * Calls, tokens, cost and time of all calls among these events; of texts that were embedded, all
 * but the calls.
 */
export function totalsOf(events: readonly LabEvent[]): Totals {
  const totals: Totals = { calls: 0, tokens: { input: 0, output: 0 }, cost: null, ms: 0 };
  const open = new Set<number>();
  for (const event of events) {
    if (event.type === "call-start") open.add(event.call);
    if (event.type === "texts-embedded") {
      totals.tokens.input += event.tokens;
      totals.ms += event.ms;
      if (event.cost !== null) totals.cost = (totals.cost ?? 0) + event.cost;
    }
    if (event.type !== "call-end") continue;
    open.delete(event.call);
    totals.calls += 1;
    totals.tokens.input += event.tokens.input;
    totals.tokens.output += event.tokens.output;
    totals.ms += event.ms;
    if (event.cost !== null) totals.cost = (totals.cost ?? 0) + event.cost;
  }
  if (open.size === 0) return totals;
  return { ...totals, calls: totals.calls + open.size, unanswered: open.size };
}

/** A call with its prompt and reply, folded from its events. */
export interface Call {
  call: number;
  caller: string | null;
  purpose: "answer" | "summary";
  messages: PromptMessage[];
  /** the messages that were sent, joined by blank lines */
  prompt: string;
  reply: string;
  tokens: { input: number; output: number };
}

/** The finished calls among these events, in the order in which they started. */
export function callsOf(events: readonly LabEvent[]): Call[] {
  const ends = new Map(
    events.flatMap((event) => (event.type === "call-end" ? [[event.call, event] as const] : [])),
  );
  return events.flatMap((event) => {
    const end = event.type === "call-start" ? ends.get(event.call) : undefined;
    if (event.type !== "call-start" || !end) return [];
    const { call, caller, purpose, messages } = event;
    const prompt = event.messages
      .map((message) => message.parts.map((part) => part.text).join(""))
      .join("\n\n");
    return [{ call, caller, purpose, messages, prompt, reply: end.text, tokens: end.tokens }];
  });
}
