import { expect, test } from "vitest";
import { nextAfter } from "./find-lesson.ts";

test.each([
  ["memory", undefined, "llm-lab lesson chains"],
  ["memory", "buffer", "llm-lab lesson memory/window"],
  ["memory", "now", "llm-lab lesson memory/long-term"],
  ["memory", "long-term", "llm-lab lesson chains"],
  ["vector-store", undefined, "llm-lab lesson agents"],
  ["vector-store", "now", "llm-lab lesson agents"],
  ["agents", undefined, "llm-lab lesson context"],
  ["agents", "mcp", "llm-lab lesson context"],
  ["context", undefined, "llm-lab lesson evaluation"],
  ["context", "tracing", "llm-lab lesson evaluation"],
  ["evaluation", undefined, "llm-lab index <folder>"],
])("after %s %s comes %s", (lesson, section, command) => {
  expect(nextAfter(lesson, section).command).toBe(command);
});
