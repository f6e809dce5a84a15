import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../errors.ts";
import { hideSecrets } from "./record.ts";
import type { Tape, TapeEntry } from "./tape.ts";

type Wire = typeof fetch;

/**
 * A wire that answers from a tape, with no network. The same request sent twice gets its answers in
 * the order in which they were recorded.
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
    const hasBody = ![204, 205, 304].includes(status);
    return new Response(hasBody ? played(entry, speed, init?.signal) : null, {
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
  const [now, then] = [askedIn(wanted), askedIn(promptOf(next.request.body))];
  if (now.kind !== then.kind || now.model !== then.model)
    return new LabError(
      `The tape ${path} has a request ${described(then)} here, and the run makes one ${described(now)}`,
      hint,
    );
  const at = now.texts.findIndex((text, index) => text !== then.texts[index]);
  const place = at === -1 ? now.texts.length : at;
  if (at === -1 && then.texts.length === now.texts.length)
    return new LabError(`The tape ${path} has ${otherwise(now, then)}`, hint);
  const [what, unit] = now.kind === "prompt" ? ["another prompt", "line"] : ["other texts", "text"];
  return new LabError(
    `The tape ${path} has ${what} here: ${unit} ${place + 1} is "${short(then.texts[place])}" on the tape, and "${short(now.texts[place])}" now`,
    hint,
  );
}

interface Asked {
  kind: "prompt" | "embedding";
  model: string;
  /** lines of a prompt, or the texts to embed */
  texts: string[];
  /** the whole request */
  body: Record<string, unknown>;
}

function askedIn(request: string): Asked {
  const body = JSON.parse(request) as Record<string, unknown>;
  const { model, messages, prompt, input } = body;
  const asked = { model: String(model), body };
  if (input !== undefined)
    return { ...asked, kind: "embedding", texts: [input].flat().map(written) };
  const contents = Array.isArray(messages) ? messages.map((message) => message?.content) : [prompt];
  return {
    ...asked,
    kind: "prompt",
    texts: contents.flatMap((content) => written(content).split("\n")),
  };
}

/** What differs in requests whose texts are the same: who says one of them, or a parameter. */
function otherwise(now: Asked, then: Asked): string {
  const rolesIn = ({ body: { messages } }: Asked): unknown[] =>
    Array.isArray(messages) ? messages.map((message) => message?.role) : [];
  const [roles, before] = [rolesIn(now), rolesIn(then)];
  const at = roles.findIndex((role, index) => role !== before[index]);
  if (at >= 0)
    return `another prompt here: message ${at + 1} is of role ${before[at]} on the tape, and of role ${roles[at]} now`;
  const keys = [...new Set([...Object.keys(then.body), ...Object.keys(now.body)])];
  const json = (value: unknown) => JSON.stringify(value) ?? "nothing";
  const key = keys.find((one) => json(then.body[one]) !== json(now.body[one]));
  if (key === undefined) return "the same parameters here in another order";
  const [wasThen, isNow] = [json(then.body[key]), json(now.body[key])].map(short);
  return `other parameters here: ${key} is ${wasThen} on the tape, and ${isNow} now`;
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

function described({ kind, model, texts }: Asked): string {
  if (kind === "prompt") return `to ${model} for a reply to "${short(texts[0])}"`;
  return `to ${model} for vectors of ${texts.length === 1 ? "" : `${texts.length} texts, first `}"${short(texts[0])}"`;
}

function short(line: string | undefined): string {
  const text = line ?? "";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
