import { distance } from "fastest-levenshtein";
import { isFields, tidy } from "./told.ts";

/**
 * The names in a list of models, as OpenAI (`data`), Together (a bare list), Ollama and Gemini
 * (`models`) send it.
 *
 * @returns none for a server that has no models yet, undefined for a reply that is no such list
 */
export function namesIn(reply: unknown): string[] | undefined {
  const list = membersOf(reply);
  if (list === undefined) return undefined;
  return list.flatMap((one) => {
    const name = isFields(one) ? (one.id ?? one.name ?? one.model) : one;
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

/** The members of such a list, as they came. */
export function membersOf(reply: unknown): unknown[] | undefined {
  if (Array.isArray(reply)) return reply;
  if (!isFields(reply)) return undefined;
  const list = "data" in reply ? reply.data : reply.models;
  if (Array.isArray(list)) return list;
  return list === null ? [] : undefined;
}

const LONGEST_NAME = 100;

/**
 * Up to eight names of models that the endpoint offers, the nearest first; undefined if it does not
 * tell.
 */
export async function modelsAt(of: {
  /** the address of any request to the endpoint */
  url: URL;
  key: string;
  wanted: string;
  timeoutMs: number;
  send: typeof fetch;
}): Promise<string[] | undefined> {
  const { url, key, wanted, timeoutMs, send } = of;
  const list = new URL(url);
  list.pathname = list.pathname.replace(
    /\/(?:chat\/completions|completions|embeddings)$/,
    "/models",
  );
  try {
    const response = await send(list, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(Math.min(timeoutMs, 2000)),
    });
    return namesIn(await response.json())
      ?.filter((name) => name.length <= LONGEST_NAME)
      .map((name) => tidy(name, key))
      .sort((a, b) => distance(a, wanted) - distance(b, wanted))
      .slice(0, 8);
  } catch {
    return undefined;
  }
}
