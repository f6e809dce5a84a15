import { eventsIn } from "../model/server-events.ts";
import type { TapeEntry } from "./tape.ts";

/** Why a reply on a tape is not all that a server once sent; undefined where it is. */
export function whyNotWhole({ request, response }: TapeEntry): string | undefined {
  try {
    // What is too deep to be compared is too deep to be asked for.
    JSON.stringify(request.body);
  } catch {
    return "follows a request that is nested too deeply";
  }
  if (response.status >= 300 || response.status === 204) return undefined;
  const body = response.pieces.map(({ text }) => text).join("");
  const isStream = /event-stream/i.test(response.contentType) || /^(?:data|event|id)?:/.test(body);
  if (!isStream) return isJson(body) ? undefined : "has a reply that is cut off";
  const parts = streamedParts(body);
  if (!parts) return "has a reply that is cut off";
  return parts.some(ends) ? undefined : "has a reply that stops before its end";
}

/** What the events of a stream hold, `[DONE]` as it stands; undefined where one is not JSON. */
export function streamedParts(body: string): unknown[] | undefined {
  const parts: unknown[] = [];
  for (const event of eventsIn(body)) {
    const data = event.trim();
    if (data === "") continue;
    if (data !== "[DONE]" && !isJson(data)) return undefined;
    parts.push(data === "[DONE]" ? data : JSON.parse(data));
  }
  return parts;
}

function ends(part: unknown): boolean {
  if (part === "[DONE]") return true;
  const { choices } = (part ?? {}) as { choices?: unknown };
  return Array.isArray(choices) && choices.some((choice) => choice?.finish_reason);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
