import { urlOf } from "../model/address.ts";
import type { TapeFile } from "./tape-file.ts";
import { streamedParts } from "./whole.ts";

type Wire = typeof fetch;

interface RecordOptions {
  /** never written down, wherever it stands */
  secrets: string[];
  /** milliseconds of a steady clock */
  now?(): number;
}

/** A wire that writes down every exchange that came to its end, and changes nothing. */
export function recording(
  wire: Wire,
  tape: TapeFile,
  { secrets, now = () => performance.now() }: RecordOptions,
): Wire {
  const hide = (text: string) => hideSecrets(text, secrets.filter(isKeyLike));
  // What a server says of a key that it refuses is never sent again, so it need not match.
  const hideAll = (text: string) => hideSecrets(text, secrets);
  return async (input, init) => {
    const started = now();
    tape.begin();
    const response = await wire(input, init);
    const pieces: Piece[] = [];
    const decoder = new TextDecoder();
    const note = (bytes?: Uint8Array) => {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (text !== "") pieces.push({ ms: Math.round(now() - started), text });
    };
    const finish = () => {
      note();
      const contentType = response.headers.get("content-type") ?? "";
      tape.add({
        request: requestOf(input, init, hide),
        response: {
          status: response.status,
          contentType,
          pieces: hiddenIn(pieces, response.ok ? hide : hideAll),
        },
      });
    };
    if (!response.body) {
      finish();
      return response;
    }
    const passing = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        note(bytes);
        controller.enqueue(bytes);
      },
      flush: finish,
    });
    return new Response(response.body.pipeThrough(passing), {
      status: response.status,
      headers: response.headers,
    });
  };
}

function requestOf(
  input: Parameters<Wire>[0],
  init: RequestInit | undefined,
  hide: (text: string) => string,
) {
  const url = urlOf(input);
  const body = typeof init?.body === "string" ? JSON.parse(hide(init.body)) : null;
  // The path alone: a host may be a secret, and a user in it is one.
  return { method: init?.method ?? "GET", path: url.pathname, body };
}

interface Piece {
  ms: number;
  text: string;
}

/**
 * The pieces without secrets, also where one is cut across pieces, or across the events of a
 * stream.
 */
function hiddenIn(pieces: Piece[], hide: (text: string) => string): Piece[] {
  const whole = pieces.map(({ text }) => text).join("");
  const last = pieces.at(-1)?.ms ?? 0;
  const parts = streamedParts(whole) ?? [];
  const said = parts
    .flatMap(textsIn)
    .map(({ of, key }) => String(of[key]))
    .join("");
  if (hide(said) !== said) return [{ ms: last, text: hide(rewritten(parts, hide(said))) }];
  const hidden = pieces.map(({ ms, text }) => ({ ms, text: hide(text) }));
  const isAllHidden = hidden.map(({ text }) => text).join("") === hide(whole);
  return isAllHidden ? hidden : [{ ms: last, text: hide(whole) }];
}

/** The events of a stream, with all that they say in the first of them. */
function rewritten(parts: unknown[], said: string): string {
  for (const [at, { of, key }] of parts.flatMap(textsIn).entries()) of[key] = at === 0 ? said : "";
  return parts
    .map((part) => `data: ${part === "[DONE]" ? part : JSON.stringify(part)}\n\n`)
    .join("");
}

type Fields = Record<string, unknown>;

/** Where the text of an event stands: a chat's or a completion's. */
function textsIn(part: unknown): { of: Fields; key: string }[] {
  const { choices } = (part ?? {}) as { choices?: Fields[] };
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice) => {
    const of = (choice?.delta ?? choice ?? {}) as Fields;
    return ["content", "text"].flatMap((key) => (typeof of[key] === "string" ? [{ of, key }] : []));
  });
}

/**
 * A word such as "ollama" is set where a server wants any key; hidden, it would spoil the prompts.
 */
function isKeyLike(secret: string): boolean {
  return secret.length >= 20 || (secret.length >= 8 && /\d/.test(secret) && /[a-z]/i.test(secret));
}

/** Keys, by their value and by their look. */
export function hideSecrets(text: string, secrets: string[]): string {
  const known = secrets.filter((secret) => secret.length >= 6);
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  return hidden.replace(/\bsk-[\w-]{8,}/g, "sk-…");
}
