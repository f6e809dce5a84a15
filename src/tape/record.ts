import type { TapeFile } from "./tape.ts";

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
  const hide = (text: string) => hideSecrets(text, secrets);
  return async (input, init) => {
    const started = now();
    const response = await wire(input, init);
    const pieces: { ms: number; text: string }[] = [];
    const decoder = new TextDecoder();
    const note = (bytes?: Uint8Array) => {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (text !== "") pieces.push({ ms: Math.round(now() - started), text: hide(text) });
    };
    const finish = () => {
      note();
      const contentType = response.headers.get("content-type") ?? "";
      tape.add({
        request: requestOf(input, init, hide),
        response: { status: response.status, contentType, pieces },
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
  const url = new URL(input instanceof Request ? input.url : String(input));
  const body = typeof init?.body === "string" ? JSON.parse(hide(init.body)) : null;
  // The path alone: a host may be a secret, and a user in it is one.
  return { method: init?.method ?? "GET", path: url.pathname, body };
}

/** Keys, by their value and by their look. */
export function hideSecrets(text: string, secrets: string[]): string {
  const known = secrets.filter((secret) => secret.length >= 6);
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  return hidden.replace(/\bsk-[\w-]{8,}/g, "sk-…");
}
