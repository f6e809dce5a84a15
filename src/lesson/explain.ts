import { LabError, ReplyFault } from "../errors.ts";

/**
 * What a chain says when a model's reply, or a template, is not what it expects, as a sentence for
 * the learner; undefined for every other error.
 */
export function explainChainError(error: unknown): LabError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { lc_error_code: code } = error as { lc_error_code?: unknown };
  const said = error.message.trim().split("\n")[0] ?? "";
  if (code === "OUTPUT_PARSING_FAILURE") {
    return new ReplyFault(
      "The reply above does not have the form that the chain expects, so it cannot be parsed",
      "Run the step again, or take another model; llm-lab lesson chains/failures shows how to catch it.",
    );
  }
  if (/^Destination .* not found in destination chains/.test(said)) {
    return new ReplyFault(
      "The router's reply names a destination that does not exist",
      "Run the step again, or take another model; llm-lab lesson chains/failures shows how to catch it.",
    );
  }
  if (code === "INVALID_PROMPT_INPUT") {
    return new LabError(
      `A prompt template does not fit its values: ${said}`,
      "Braces in a template are gaps. Write {{ and }} for braces that are plain text.",
    );
  }
  return undefined;
}
