import { LabError } from "../errors.ts";
import { formatCount, formatDollars } from "../format.ts";
import type { Ports } from "../kits/all.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import type { Planned } from "./estimate.ts";
import type { Run } from "./open.ts";

/**
 * Says what a lesson will cost, and asks; true where it costs nothing, or the learner agrees.
 *
 * @throws LabError with exit code 2 where nobody can be asked and `--yes` was not given
 */
export async function agreeToPlay(
  run: Run,
  planned: Planned,
  ports: Ports,
  isAgreed: boolean,
): Promise<boolean> {
  if (!run.costsMoney || isAgreed) return true;
  const { estimate } = await import("./estimate.ts");
  const { calls, tokens } = await estimate(run, planned, ports);
  const dollars = run.price(tokens.input, tokens.output) ?? 0;
  return agreeTo(
    run,
    `${run.about.model} will get about ${formatCount(calls)} calls with ${formatCount(tokens.input)} tokens, and answer with about ${formatCount(tokens.output)}: about ${formatDollars(dollars)} at prices of ${PRICES_AS_OF}`,
  );
}

/**
 * Says what embedding texts will cost, and asks; true where it costs nothing, or the learner
 * agrees.
 */
export async function agreeToEmbed(
  run: Run,
  texts: readonly string[],
  isAgreed: boolean,
): Promise<boolean> {
  const { model, price, costsMoney } = run.embedding;
  if (!costsMoney || isAgreed || texts.length === 0) return true;
  const { tokenizer } = await run.connect();
  const tokens = texts.reduce((sum, text) => sum + tokenizer.count(text), 0);
  const dollars = price(tokens) ?? 0;
  return agreeTo(
    run,
    `${model} will get ${formatCount(texts.length)} chunks with about ${formatCount(tokens)} tokens: about ${formatDollars(dollars)} at prices of ${PRICES_AS_OF}`,
  );
}

async function agreeTo({ stage }: Run, what: string): Promise<boolean> {
  if (!stage.interactive) {
    throw new LabError(
      what,
      "Add --yes to go on, --budget 0.05 to stop at a sum, or --model offline to pay nothing.",
      2,
    );
  }
  const answer = await stage.ask({
    kind: "choice",
    question: `${what}. Go on?`,
    choices: ["yes", "no"],
    fallback: null,
  });
  return answer.value === "yes";
}
