import { LabError } from "../errors.ts";
import { cutReply, filtered, parseJson, type RequestFacts, silence, tidy } from "./failures.ts";

/**
 * A stream of server-sent events that cannot be mistaken for whole when it is not.
 *
 * The bytes pass unchanged. The stream fails with a LabError if it is silent for too long, breaks, carries
 * an error or a line that is no JSON, or ends without `data: [DONE]`.
 */
export function guardStream(
  body: ReadableStream<Uint8Array>,
  facts: RequestFacts,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let isDone = false;
  let hasWords = false;
  const check = (line: string) => {
    const data = /^data:\s?(.*)$/.exec(line)?.[1];
    if (data === undefined || data === "") return;
    if (data === "[DONE]") {
      isDone = true;
      if (!hasWords) throw cutReply(facts, "answered with an empty reply");
    } else {
      checkData(data, facts);
      hasWords ||= WORDS.test(data);
    }
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await withinSilence(reader.read(), facts);
        const lines = (rest + decoder.decode(value, { stream: !done })).split(/\r?\n/);
        rest = done ? "" : (lines.pop() ?? "");
        lines.forEach(check);
        if (!done) controller.enqueue(value);
        else if (isDone) controller.close();
        else throw cutReply(facts, "ended its reply without the end mark");
      } catch (error) {
        controller.error(
          error instanceof LabError ? error : isAbort(error) ? error : cutReply(facts),
        );
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
    throw cutReply(facts, "sent a line that is no JSON in the middle of its reply");
  if (chunk?.choices?.[0]?.finish_reason === "content_filter") throw filtered(facts).error;
  const told = chunk?.error?.message;
  if (chunk?.error) {
    throw cutReply(
      facts,
      `stopped with an error: ${typeof told === "string" ? tidy(told, facts.key) : "it does not say which"}`,
    );
  }
}

/** The promise, or a LabError if it takes longer than the endpoint may be silent. */
export async function withinSilence<T>(promise: Promise<T>, facts: RequestFacts): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence(facts).error), facts.timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
