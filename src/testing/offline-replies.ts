import type { Tokenizer } from "../model/tokens.ts";
import type { Answer } from "./endpoint.ts";

/** Replies of llm-lab's own model, whatever model is asked for. */
export function offlineReplies(): Answer {
  const wires = new Map<Tokenizer, Promise<typeof fetch>>();
  return async ({ url, init, tokenizer }) => {
    const wire = wires.get(tokenizer) ?? openWire(tokenizer);
    wires.set(tokenizer, wire);
    return (await wire)(url, init);
  };
}

/** Nothing of it is loaded before the first request. */
async function openWire({ count, decode }: Tokenizer): Promise<typeof fetch> {
  const { offlineWire } = await import("../offline/app.ts");
  const { forAnyModel } = await import("../xray/any-model.ts");
  return forAnyModel(offlineWire({ countTokens: count, decodeTokens: decode }));
}
