import { StructuredOutputParser } from "@langchain/core/output_parsers";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

const parser = StructuredOutputParser.fromZodSchema(
  z.object({ cake: z.string(), pieces: z.number().int() }),
);

export async function read({ model, mail }: Given) {
  const chain = model.pipe(parser);
  const prompt = `${parser.getFormatInstructions()}\n\n${mail}`;
  const again = model.pipe(parser);
  return chain
    .withFallbacks([again])
    .invoke(prompt)
    .catch(() => null);
}
