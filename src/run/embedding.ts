import { LabError } from "../errors.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import { agreeTo } from "./consent.ts";
import type { OpenRun } from "./open.ts";

/** How many texts OpenAI takes in one request, and our own endpoint too. */
export const LARGEST_BATCH = 2048;

/** The embedding model of a run. */
export function embeddingModelOf({ embedding, run }: OpenRun): string {
  if (embedding.model !== undefined) return embedding.model;
  throw new LabError(
    `Nothing says which model at ${run.endpoint} makes vectors of texts`,
    "Name it with --embedding-model or LLM_LAB_EMBEDDING_MODEL, for example nomic-embed-text; --model offline needs none.",
    2,
  );
}

/** The model that makes vectors, on the wire of the run. */
export async function embeddingsOf(run: OpenRun, model: string) {
  const { Recorder } = await import("../trace/recorder.ts");
  const recorder = new Recorder({ ...run, emit: () => {}, now: () => performance.now() });
  // LangChain would send what is more in requests at once.
  return Object.assign(run.connect(recorder).embeddings({ model }), { batchSize: LARGEST_BATCH });
}

/** Says what embedding texts will cost, and asks; true where it costs nothing or was agreed to beforehand. */
export async function agreeToEmbed(
  texts: readonly string[],
  run: OpenRun,
  isAgreed: boolean,
): Promise<boolean> {
  const { model, price, costsMoney } = run.embedding;
  if (!costsMoney || isAgreed || texts.length === 0) return true;
  const tokens = texts.reduce((sum, text) => sum + run.countTokens(text), 0);
  const figure = (value: number) => value.toLocaleString("en-US");
  const dollars = (price(tokens) ?? 0).toFixed(4);
  return agreeTo(
    run.stage,
    `${model} will get ${figure(texts.length)} chunks with about ${figure(tokens)} tokens: about $${dollars} at prices of ${PRICES_AS_OF}`,
  );
}

/** What was sent to the embedding model, and an end to it where the next texts would cost more than the budget. */
export class Spending {
  readonly #run: OpenRun;
  figures = { requests: 0, tokens: 0, cost: null as number | null };

  constructor(run: OpenRun) {
    this.#run = run;
    this.figures.cost = run.embedding.price(0);
  }

  on(texts: readonly string[]): void {
    const { countTokens, embedding, budget } = this.#run;
    const { requests, tokens: before } = this.figures;
    const tokens = before + texts.reduce((sum, text) => sum + countTokens(text), 0);
    const cost = embedding.price(tokens);
    if (cost !== null && cost > budget) {
      const spent = (embedding.price(before) ?? 0).toFixed(6);
      throw new LabError(
        `The budget of $${budget} does not reach for the next chunks: about $${spent} are spent`,
        "Run it again with a larger --budget: what was embedded is kept.",
      );
    }
    this.figures = { requests: requests + 1, tokens, cost };
  }
}
