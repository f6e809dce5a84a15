import { RefusedRequest } from "../../offline/refused.ts";

/** Tokens of a text that OpenAI's models make a vector of. */
const MOST = 8192;

/** Why OpenAI would make no vectors of an input; undefined where it would, and for other models. */
export function refuseTexts(
  { model, input }: { model?: unknown; input?: unknown },
  countTokens: (text: string) => number,
): RefusedRequest | undefined {
  if (!/^text-embedding-/.test(String(model))) return undefined;
  // OpenAI takes an empty text that comes alone.
  if (Array.isArray(input) && (input.length === 0 || input.includes("")))
    return new RefusedRequest(
      "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
      null,
      null,
    );
  const texts = [input].flat().filter((text) => typeof text === "string");
  if (!texts.some((text) => countTokens(text) > MOST)) return undefined;
  const message = `Invalid 'input': maximum context length is ${MOST} tokens.`;
  return new RefusedRequest(message, null, null);
}
