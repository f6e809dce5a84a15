import { expect, test } from "vitest";
import { readExercises } from "./exercises.ts";
import { checkedJson, checkedJunit } from "./reports.ts";
import type { Verdict } from "./verdict.ts";

const seen = { seed: 5, sent: [], printed: "" };
const verdicts: Verdict[] = [
  { outcome: "passed", ...seen },
  { outcome: "failed", says: 'The reply "a < b" was lost.', ...seen },
  { outcome: "timeout", says: "Your code was still running after 10 seconds.", ...seen },
  { outcome: "bug", says: "no such thing", detail: "", ...seen },
];
const checked = verdicts.map((verdict, at) => {
  const exercise = readExercises()[at];
  if (exercise === undefined) throw new Error("there are fewer exercises");
  return { exercise, file: `/w/${exercise.file}`, verdict };
});

test("JUnit counts what the learner's code did as failures, and our fault as an error", () => {
  const xml = checkedJunit(checked);
  expect(xml).toContain('<testsuites tests="4" failures="2" errors="1">');
  expect(xml.match(/<testcase /g)).toHaveLength(4);
  expect(xml).toContain('message="The reply &quot;a &lt; b&quot; was lost."');
  expect(xml).toContain(
    '<error type="bug" message="the check itself failed: no such thing">/w/stream.ts</error>',
  );
});

test("JSON has an object for each exercise", () => {
  expect(checkedJson(checked)).toMatchObject([
    { number: 1, name: "first-call", outcome: "passed", seed: 5 },
    { number: 2, outcome: "failed", says: 'The reply "a < b" was lost.' },
    { number: 3, outcome: "timeout" },
    { number: 4, outcome: "bug" },
  ]);
});
