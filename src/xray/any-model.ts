import { urlOf } from "../model/address.ts";
import { type Edit, edited, editFor } from "../model/refused.ts";
import { isFields, parseJson } from "../model/told.ts";

type Wire = typeof fetch;

/** Which model of the offline endpoint answers at a path. */
const MODELS: readonly (readonly [end: string, model: string])[] = [
  ["/chat/completions", "offline-tutor"],
  ["/responses", "offline-tutor"],
  ["/completions", "tiny-instruct"],
  ["/embeddings", "offline-embedding-2"],
];

/**
 * The offline endpoint for programs that name other models: one of its own answers for each, and
 * what it does not take, and a request can do without, is left out.
 */
export function forAnyModel(offline: Wire): Wire {
  return async (input, init) => {
    const path = urlOf(input).pathname.replace(/\/$/, "");
    const asked = typeof init?.body === "string" ? parseJson(init.body) : undefined;
    const model = MODELS.find(([end]) => path.endsWith(end))?.[1];
    const url = `http://offline.invalid/v1${path.replace(/^.*?\/v\d+(?=\/)/, "")}`;
    if (model === undefined || !isFields(asked)) return offline(url, init);
    const edits: Edit[] = [];
    for (;;) {
      const body = JSON.stringify({ ...edited(asked, edits), model });
      const { method, signal } = init ?? {};
      const headers = { "content-type": "application/json" };
      const reply = await offline(url, { method, signal, headers, body });
      if (reply.ok) return reply;
      const refusal = await reply.text();
      const edit = editFor(reply.status, refusal, edited(asked, edits), edits);
      if (!edit) return new Response(refusal, reply);
      edits.push(edit);
    }
  };
}
