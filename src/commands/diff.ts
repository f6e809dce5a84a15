import { LabError } from "../errors.ts";
import { countOf } from "../format.ts";
import { print } from "../run/io.ts";
import { commonStart } from "../xray/common-start.ts";
import type { Comparison, Difference, ModelChange } from "../xray/diff.ts";
import { verb } from "./verb.ts";

/** Holds the prompts of two runs against each other. */
export const diff = verb({
  name: "diff",
  summary: "hold the prompts of two runs against each other",
  argument: { spec: "[runs...]", help: "two files that xray --out wrote: before, and after" },
  flags: {},
  notes: `Examples:
  llm-lab xray --out before.jsonl -- node app.mjs
  llm-lab xray --out after.jsonl -- node app.mjs
  llm-lab diff before.jsonl after.jsonl

The exit code is 0 where both send the same prompts, and 1 where they do not.
Calls that ran at the same time may change places.`,
  async run([before, after, ...more], _options, io) {
    if (before === undefined || after === undefined || more.length > 0)
      throw new LabError(
        "diff takes two runs",
        "Name two files, for example llm-lab diff before.jsonl after.jsonl.",
        2,
      );
    const { readRun } = await import("../xray/seen-run.ts");
    const { compareRuns } = await import("../xray/diff.ts");
    const comparison = compareRuns(readRun(before), readRun(after));
    print(io, `${linesOf(comparison, before, after).join("\n")}\n`);
    return comparison.outcome === "same" ? 0 : 1;
  },
});

function linesOf(comparison: Comparison, before: string, after: string): string[] {
  switch (comparison.outcome) {
    case "same":
      return [
        `Both send the same ${countOf(comparison.prompts, "prompt")}.`,
        ...modelLines(comparison.models),
      ];
    case "reordered": {
      const { a, b } = comparison.first;
      return [
        `Both send the same ${countOf(comparison.prompts, "prompt")}, in another order: call ${a} of ${before} is call ${b} of ${after}.`,
      ];
    }
    case "different": {
      const { first, prompts } = comparison;
      const counts =
        prompts.a === prompts.b
          ? []
          : [`${before} has ${countOf(prompts.a, "call")}, ${after} has ${prompts.b}.`];
      return [...differenceLines(first, before, after), ...counts];
    }
  }
}

function differenceLines({ a, b, place, texts }: Difference, before: string, after: string) {
  if (a === undefined || b === undefined) {
    const [longer, other] = a === undefined ? [after, before] : [before, after];
    const text = shown(a === undefined ? texts.b : texts.a);
    return [`They differ: call ${a ?? b} of ${longer} is not in ${other}.`, `  ${text}`];
  }
  const calls = a === b ? `call ${a}` : `call ${a} of ${before} and call ${b} of ${after}`;
  const start = commonStart(texts.a ?? "", texts.b ?? "");
  return [
    `They differ first in ${calls}, ${place}:`,
    `  - ${shown(texts.a, start)}`,
    `  + ${shown(texts.b, start)}`,
  ];
}

/** Characters of a text that are shown, and of them those before the place at which it differs. */
const MOST = 200;
const BEFORE = 40;

function shown(text: string | undefined, start = 0): string {
  if (text === undefined) return "(nothing)";
  const from = text.length > MOST ? Math.max(0, start - BEFORE) : 0;
  const piece = text.slice(from, from + MOST).replace(/\n/g, "⏎");
  return `${from > 0 ? "…" : ""}${piece}${from + MOST < text.length ? "…" : ""}`;
}

function modelLines(models: readonly ModelChange[]): string[] {
  const [first] = models;
  if (!first) return [];
  return [`The models differ: call ${first.call} asks ${first.a} before, and ${first.b} after.`];
}
