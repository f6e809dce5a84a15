import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { keyLine } from "./move-keys.ts";

const failed = {
  kind: "move" as const,
  at: "failed" as const,
  choices: ["again", "next", "edit", "ask", "back", "quit"] as const,
  fallback: "next" as const,
};

const lineOf = (width: number, choices: readonly string[] = failed.choices) =>
  keyLine(
    { ...failed, choices: [...choices] as (typeof failed.choices)[number][] },
    width,
    createStyle(0),
    false,
  );

test.each([80, 40])(
  "after a failed step the key line offers to go on, %i columns wide",
  (width) => {
    const line = lineOf(width);
    expect(line).toContain("n go on without it");
    expect(line.length).toBeLessThan(width);
  },
);

test("where there is no way on, the key line does not offer one", () => {
  expect(lineOf(80, ["again", "quit"])).not.toContain("n go on");
});
