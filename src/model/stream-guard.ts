import { LabError } from "../errors.ts";
import {
  cutReply,
  EndpointFailure,
  filtered,
  parseJson,
  type RequestFacts,
  silence,
  tidy,
} from "./failures.ts";
import { readEvents } from "./server-events.ts";

/** How long the connection may stay open after the end mark; some servers never close it. */
const AFTER_END_MS = 250;

/**
 * A stream of server-sent events that cannot be mistaken for whole when it is not.
 *
 * The bytes pass unchanged. The stream fails with a LabError if it is silent for too long, breaks,
 * carries an error or a line that is not JSON, or ends without `data: [DONE]`. What happens after
 * that mark does no harm. The caller's own abort stays the caller's own error.
 */
export function guardStream(
  body: ReadableStream<Uint8Array>,
  facts: RequestFacts,
  signal?: AbortSignal | null,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let isDone = false;
  let hasWords = false;
  const events = readEvents((data) => {
    if (isDone || data === "") return;
    if (data === "[DONE]") {
      if (!hasWords) throw cutReply(facts, "answered with an empty reply");
      isDone = true;
    } else {
      checkData(data, facts);
      hasWords ||= WORDS.test(data);
    }
  });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const timeoutMs = isDone ? AFTER_END_MS : facts.timeoutMs;
        const { done, value } = await withinSilence(reader.read(), { ...facts, timeoutMs });
        events.feed(decoder.decode(value, { stream: !done }));
        if (done) events.end();
        if (!done) controller.enqueue(value);
        else if (isDone) controller.close();
        else throw cutReply(facts, "ended its reply without the end mark");
      } catch (error) {
        if (isDone && !signal?.aborted) controller.close();
        else controller.error(signal?.aborted ? signal.reason : labErrorOf(error, facts));
        reader.cancel().catch(() => {});
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** A piece that says something: text, a refusal, a thought, or a tool to call. */
const WORDS = /"(?:content|text|refusal|reasoning|reasoning_content|arguments|name)"\s*:\s*"[^"]/;

interface StreamChunk {
  error?: { message?: unknown };
  choices?: { finish_reason?: unknown }[];
}

function checkData(data: string, facts: RequestFacts): void {
  const chunk = parseJson(data) as StreamChunk | undefined;
  if (chunk === undefined)
    throw cutReply(facts, "sent a line that is not JSON in the middle of its reply");
  if (chunk?.choices?.[0]?.finish_reason === "content_filter") throw filtered(facts).error;
  const told = chunk?.error?.message;
  if (chunk?.error) {
    throw cutReply(
      facts,
      `stopped with an error: ${typeof told === "string" ? tidy(told, facts.key) : "it does not say which"}`,
    );
  }
}

/** The promise, or an EndpointFailure if it takes longer than the endpoint may be silent. */
export async function withinSilence<T>(promise: Promise<T>, facts: RequestFacts): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence(facts)), facts.timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function labErrorOf(error: unknown, facts: RequestFacts): LabError {
  if (error instanceof EndpointFailure) return error.error;
  return error instanceof LabError ? error : cutReply(facts);
}
