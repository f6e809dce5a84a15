import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { createFrames } from "./frames.ts";

test("the reason under a verdict is prose: its marks are drawn, and not printed", () => {
  const look = { width: 80, unfolded: false, foldHint: "", highlight: (code: string) => code };
  const frames = createFrames({ ...look, style: createStyle(0) });
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
