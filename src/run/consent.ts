import { LabError } from "../errors.ts";
import type { Stage } from "../stage/port.ts";

/**
 * Asks whether to go on with what costs money.
 *
 * @throws LabError with exit code 2 where nobody can be asked
 */
export async function agreeTo(stage: Stage, what: string): Promise<boolean> {
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
