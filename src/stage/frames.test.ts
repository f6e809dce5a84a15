import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { EVENTS_VERSION } from "../trace/events.ts";
import { createFrames } from "./frames.ts";

const look = { width: 80, style: createStyle(0), unfolded: false, foldHint: "f unfolds" };
const highlight = (code: string) => code;

test("a long memory says how to unfold it: by a key in a lesson, by a command in a chat", () => {
  const run = {
    type: "run-start",
    version: EVENTS_VERSION,
    endpoint: "offline",
    model: "m",
    why: "",
  } as const;
  const content = Array.from({ length: 30 }, (_, at) => `Human: ${at}`).join("\n");
  const memory = { title: "Sent", content, stored: 30, sent: 30, tokens: 90 };
  const drawn = (kind: "lesson" | "chat") => {
    const frames = createFrames({ ...look, highlight });
    frames.draw({ ...run, kind, pricesAsOf: "" });
    return frames.draw({ type: "memory-shown", ...memory }).join("\n");
  };
  expect(drawn("lesson")).toContain("21 lines folded (f unfolds)");
  expect(drawn("chat")).toContain("21 lines folded (/prompt shows them)");
});

test("an empty text is named, where a blank line would look like nothing", () => {
  const frames = createFrames({ ...look, highlight });
  const lines = frames.draw({ type: "value-shown", label: "no check: no error", value: "" });
  expect(lines.join("\n")).toContain("(an empty text)");
});

test("a checkpoint is named by its file, whatever folder a step put it in", () => {
  const frames = createFrames({ ...look, highlight });
  const head = (model: string) =>
    frames
      .draw({
        type: "call-start",
        call: 1,
        kind: "completion",
        model,
        caller: null,
        purpose: "answer",
        messages: [],
      })
      .join("\n");
  expect(head("tiny:/somewhere/llm-lab-step-79L2Ho/before.ckpt")).toContain("→ tiny:before.ckpt");
  expect(head("tiny:C:\\somewhere\\after.ckpt")).toContain("→ tiny:after.ckpt");
  expect(head("tiny-base")).toContain("→ tiny-base");
});

test("the reason under a verdict is prose: its marks are drawn, and not printed", () => {
  const frames = createFrames({ ...look, highlight });
  const why = "Adding an id that is there replaces the document: an *upsert*.";
  const judged = {
    type: "prediction-judged",
    predicted: "1",
    actual: "1",
    right: true,
    why,
  } as const;
  expect(frames.draw(judged).join("\n")).toContain("the document: an upsert.");
});
