import type { Received } from "./received.ts";
import type { Sent } from "./sent.ts";

/** A call of the program under xray: one request, however often it was sent. */
export interface Call {
  /** its number, from 1 */
  call: number;
  sent: Sent;
  /** a fingerprint of the request's path and body */
  print: string;
  /** its prompt as one text, each message after its role */
  prompt: string;
  /** whether it asks for a summary of the conversation */
  isSummary: boolean;
  /** the call whose prompt this one goes on from */
  follows: Call | undefined;
  tries: Try[];
  /** the reply; undefined until it is whole, and where there is none */
  received: Received | undefined;
  /** what kinds of keys stand in the prompt */
  keys: string[];
}

/** One sending of a call, in milliseconds of a steady clock. */
export interface Try {
  startedAt: number;
  endedAt: number | undefined;
  /** how it failed: "429", "a broken connection"; undefined where it did not, or is under way */
  failed: string | undefined;
  /** whether the same request may well succeed later */
  mayRetry: boolean;
  /** how long the endpoint asked to be left alone */
  retryAfterMs: number | undefined;
}

/** The prompt of a request as one text. */
export function promptOf({ messages }: Sent): string {
  return messages.map(({ role, content }) => `${role}: ${content}`).join("\n");
}

/** The templates of ConversationSummaryMemory and of summarizationMiddleware. */
const HIDDEN_SUMMARIES = [
  /^Progressively summarize the lines of conversation provided/,
  /^<role>\s*Context Extraction Assistant/,
];
const SUMMARIES = [
  ...HIDDEN_SUMMARIES,
  // What people write themselves.
  /^(?:Distill|Summari[sz]e) (?:the|this|our) (?:above |following |entire |whole )?(?:chat|conversation|dialog(?:ue)?|messages)\b/i,
];

/** Whether a request asks for a summary of a conversation, by how its prompt begins. */
export const asksForSummary = (sent: Sent): boolean => beginsAs(SUMMARIES, sent);

/** Whether LangChain asks for the summary by itself, with a template of its own. */
export const isHiddenSummary = (sent: Sent): boolean => beginsAs(HIDDEN_SUMMARIES, sent);

function beginsAs(starts: readonly RegExp[], { messages }: Sent): boolean {
  return [messages[0], messages.at(-1)].some(
    (message) =>
      message !== undefined && starts.some((start) => start.test(message.content.trimStart())),
  );
}

/** How many calls back the one is looked for that a call goes on from. */
const MOST_BACK = 40;
/** How much of an earlier prompt must stand in one that goes on from it. */
const LEAST_SHARED = 0.5;

/**
 * The earlier call whose prompt a new one goes on from: most of its lines stand in the new prompt.
 * Of several, the one that shares the most; of those, the last.
 */
export function followedBy(
  of: Pick<Call, "sent" | "prompt" | "isSummary">,
  before: readonly Call[],
): Call | undefined {
  const lines = new Set(of.prompt.split("\n"));
  let best: { call: Call; shared: number } | undefined;
  for (const call of before.slice(-MOST_BACK)) {
    if (call.sent.kind !== of.sent.kind || call.isSummary !== of.isSummary) continue;
    const earlier = call.prompt.split("\n");
    const shared = lengthOf(earlier.filter((line) => lines.has(line)));
    if (shared < LEAST_SHARED * lengthOf(earlier)) continue;
    if (!best || shared >= best.shared) best = { call, shared };
  }
  return best?.call;
}

const lengthOf = (lines: string[]) => lines.reduce((sum, line) => sum + line.length, 0);
