import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../errors.ts";
import { hideSecrets } from "./record.ts";
import type { Tape, TapeEntry } from "./tape.ts";

type Wire = typeof fetch;

/**
 * A wire that answers from a tape, with no network. The same request sent twice gets its answers in the order
 * in which they were recorded.
 *
 * @param speed 1 for the timing that was recorded, 2 for twice as fast, 0 for none
 */
export function replaying(tape: Tape, path: string, speed: number): Wire {
  const left = [...tape.entries];
  return async (_input, init) => {
    init?.signal?.throwIfAborted();
    const body = typeof init?.body === "string" ? JSON.parse(hideSecrets(init.body, [])) : null;
    const wanted = promptOf(body);
    const at = left.findIndex((entry) => promptOf(entry.request.body) === wanted);
    const entry = left[at];
    if (!entry) throw notOnTape(wanted, left[0], path);
    left.splice(at, 1);
    const { status, contentType } = entry.response;
    return new Response(played(entry, speed, init?.signal), {
      status,
      headers: { "content-type": contentType },
    });
  };
}

/** The pieces of a response, each in its time. */
function played(
  entry: TapeEntry,
  speed: number,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces = [...entry.response.pieces];
  let before = 0;
  return new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift();
      if (!piece) return controller.close();
      const wait = speed > 0 ? (piece.ms - before) / speed : 0;
      before = piece.ms;
      try {
        if (wait > 0) await sleep(wait, undefined, { signal: signal ?? undefined });
        controller.enqueue(encoder.encode(piece.text));
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

/** What a request asks, less how it wants the answer delivered. */
function promptOf(body: unknown): string {
  const { stream, stream_options, ...asked } = (body ?? {}) as Record<string, unknown>;
  return JSON.stringify(asked);
}

function notOnTape(wanted: string, next: TapeEntry | undefined, path: string): LabError {
  const hint = `Record the run again: --record ${path}.`;
  if (!next)
    return new LabError(`The tape ${path} ends here: the run it was made from was shorter`, hint);
  const [now, then] = [linesIn(wanted), linesIn(promptOf(next.request.body))];
  const at = now.findIndex((line, index) => line !== then[index]);
  const place = at === -1 ? now.length : at;
  return new LabError(
    `The tape ${path} has another prompt here: line ${place + 1} is "${short(then[place])}" on the tape, and "${short(now[place])}" now`,
    hint,
  );
}

/** The prompt of a request, line by line: what its messages say. */
function linesIn(request: string): string[] {
  const { messages, prompt } = JSON.parse(request) as {
    messages?: { content?: unknown }[];
    prompt?: unknown;
  };
  const texts = messages?.map(({ content }) => content) ?? [prompt];
  return texts.flatMap((text) =>
    (typeof text === "string" ? text : JSON.stringify(text ?? "")).split("\n"),
  );
}

function short(line: string | undefined): string {
  const text = line ?? "";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
