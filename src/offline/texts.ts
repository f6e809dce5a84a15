import * as z from "zod";
import { RefusedRequest } from "./refused.ts";

const tokens = z.array(z.int().min(0)).min(1).max(8192);

/** One text or several, each as a string or as tokens of cl100k_base. */
export const textsShape = (text: z.ZodString) =>
  z.union([text, z.array(text).min(1).max(2048), tokens, z.array(tokens).min(1).max(2048)]);

type Texts = z.infer<ReturnType<typeof textsShape>>;

/** Turns tokens of cl100k_base, as OpenAI's clients make them, into text. */
export type DecodeTokens = (ids: readonly number[]) => string;

/** The texts of a request. @throws RefusedRequest for tokens that are none */
export function textsOf(given: Texts, param: string, decode?: DecodeTokens): string[] {
  if (typeof given === "string") return [given];
  const all = given.every((one) => typeof one === "number") ? [given] : given;
  return all.map((one) => {
    if (typeof one === "string") return one;
    const text = decode ? decoded(one as number[], decode) : undefined;
    if (text !== undefined) return text;
    throw new RefusedRequest(
      `Invalid '${param}': it holds numbers that are not tokens of cl100k_base. Send the text itself.`,
      "invalid_value",
      param,
    );
  });
}

function decoded(ids: readonly number[], decode: DecodeTokens): string | undefined {
  try {
    return decode(ids) || undefined;
  } catch {
    return undefined;
  }
}
