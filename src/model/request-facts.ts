import type { Proxies } from "../proxies.ts";
import { urlOf } from "./address.ts";
import type { RequestFacts } from "./failures.ts";
import { modelsAt } from "./model-list.ts";
import { isFields, parseJson } from "./told.ts";
import { proxyFor } from "./transport.ts";

interface Options {
  timeoutMs: number;
  keyOrigin?: string;
  proxies?: Proxies;
  onNote?(text: string): void | Promise<void>;
}

type FactsOf = (input: Parameters<typeof fetch>[0], init: RequestInit | undefined) => RequestFacts;

/**
 * Tells what is known of each request of a wire, and keeps what the wire learns of its endpoint.
 *
 * @param send the way to the endpoint, for asking which models it has
 */
export function factsOfWire(options: Options, send: typeof fetch): FactsOf {
  const { timeoutMs, keyOrigin = "OPENAI_API_KEY", proxies, onNote } = options;
  const said = new Set<string>();
  const unopened = new Set<string>();
  const sayOnce = async (text: string) => {
    if (said.has(text)) return;
    said.add(text);
    await onNote?.(text);
  };
  return (input, init) => {
    const url = urlOf(input);
    const asked = askedIn(init);
    const headers = new Headers(init?.headers);
    const model = modelIn(asked);
    const key = headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
    const proxy = proxies && proxyFor(url, proxies);
    return {
      host: url.host,
      path: url.pathname,
      asked,
      model,
      keyOrigin,
      key,
      timeoutMs,
      ...(proxy !== undefined && { proxy: new URL(proxy).host }),
      models: () => modelsAt({ url, key, wanted: model, timeoutMs, send }),
      thinksUnopened: unopened.has(model),
      onWhole: () => sayOnce(`${url.host} does not stream: each reply comes in one piece.`),
      onUnopened: () => {
        unopened.add(model);
        return sayOnce(
          `${model} closed a thought that it had not opened: what stands before </think> is no part of its answer.`,
        );
      },
    };
  };
}

/** The body of a request; empty where it is not JSON. */
export function askedIn(init: RequestInit | undefined): Record<string, unknown> {
  const body = typeof init?.body === "string" ? parseJson(init.body) : undefined;
  return isFields(body) ? body : {};
}

export function modelIn(asked: Record<string, unknown>): string {
  return typeof asked.model === "string" ? asked.model : "the model";
}
