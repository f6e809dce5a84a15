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
