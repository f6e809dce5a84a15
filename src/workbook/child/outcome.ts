import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import type { Outcome, Place } from "../verdict.ts";
import { withoutTypes } from "./hooks.ts";
import { LearnerFault, Unmet } from "./lab.ts";
import { placeIn, wordsOf } from "./place.ts";

/**
 * What an error of a check means for the learner.
 *
 * @param learner path of the learner's file
 */
export function outcomeOf(error: unknown, learner: string): Outcome {
  if (error instanceof Unmet)
    return { outcome: "failed", says: error.message, difference: error.difference };
  if (error instanceof LearnerFault) return faultOf(error.thrown, learner);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { outcome: "bug", says: message, detail: stack ?? "" };
}

/**
 * An error that nobody awaited: whose line comes first in its stack, the check's or the learner's?
 */
export function strayFault(error: unknown, check: string): unknown {
  if (!(error instanceof Error)) return new LearnerFault(error);
  if (error instanceof Unmet || error instanceof LearnerFault) return error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /\.ts[:?]/.test(line));
  return frames[0]?.includes(basenameOf(check)) ? error : new LearnerFault(error);
}

/** Such as 08-choose-k/check.ts, with slashes as in a stack. */
const basenameOf = (path: string) => path.replaceAll("\\", "/").split("/").slice(-2).join("/");

function faultOf(thrown: unknown, learner: string): Outcome {
  const root = dirname(learner);
  const { stack = "", message = "" } = thrown instanceof Error ? thrown : {};
  // Sucrase names the file and the place in its message: "Error transforming /a/b.ts: … (3:5)".
  const [, file, wrong, line] =
    /^Error transforming (.+?): (?:SyntaxError: )?(.*) \((\d+):\d+\)$/s.exec(message) ?? [];
  if (file && line) return unreadable(`${wrong}`, { file, line: Number(line) });
  // JSON.parse throws a SyntaxError too, about a text and not about the file.
  if (thrown instanceof SyntaxError && !/\bJSON\b/.test(message))
    return unreadable(message, placeOfSyntaxError(learner));
  const missing = /^Cannot find package '([^']+)'/.exec(message);
  if (missing) {
    const says = `The package ${missing[1]} is not installed: run npm install in your folder.`;
    return { outcome: "broken", says };
  }
  return {
    outcome: "broken",
    says: `Your code ${wordsOf(thrown)}`.replace(/([^.!?])$/, "$1."),
    place: placeIn(stack, root),
  };
}

/** Where V8 refuses a file that Sucrase took: an error of an import does not say. */
function placeOfSyntaxError(file: string): Place | undefined {
  const given = ["--check", "--input-type=module", "-"];
  const { stderr } = spawnSync(process.execPath, given, { input: withoutTypes(file) });
  const [, line] = /^\[stdin\]:(\d+)/m.exec(String(stderr)) ?? [];
  return line === undefined ? undefined : { file, line: Number(line) };
}

function unreadable(why: string, place: Place | undefined): Outcome {
  return { outcome: "broken", says: `Your file cannot be read: ${why}.`, place };
}
