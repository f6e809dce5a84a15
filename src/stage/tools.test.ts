import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { EventOf, OfferedTool } from "../trace/events.ts";
import { createFrames } from "./frames.ts";

const ORDER: OfferedTool = {
  name: "place_order",
  description: "Order products from the shop.",
  parameters: {
    type: "object",
    properties: {
      items: {
        type: "array",
        items: {
          type: "object",
          properties: { product: { type: "string" }, count: { type: "integer" } },
          required: ["product", "count"],
        },
      },
      room: { enum: ["hall", "kitchen"] },
      gift: { type: "boolean" },
    },
    required: ["items", "room"],
  },
};

const call = (number: number, offered: OfferedTool[]): EventOf<"call-start"> => ({
  type: "call-start",
  call: number,
  kind: "chat",
  model: "offline-tutor",
  caller: null,
  purpose: "answer",
  tools: offered.map(({ name }) => name),
  offered,
  messages: [
    { role: "user", parts: [{ origin: "input", text: "Two lamps." }] },
    { role: "assistant", parts: [{ origin: "call", text: "→ place_order({})" }] },
    { role: "tool", name: "place_order", parts: [{ origin: "result", text: "Ordered." }] },
  ],
});

const framesOf = (width: number) => {
  const look = { width, style: createStyle(0), unfolded: false, foldHint: "--full shows them" };
  return createFrames({ ...look, highlight: (code) => code });
};

test("tools, calls and results are told apart in the margin, and tools are shown once", () => {
  const frames = framesOf(80);
  expect(frames.draw(call(1, [ORDER])).join("\n")).toBe(`
▸ call 1 · your code → offline-tutor (tools: place_order)
 tools     │ place_order(items: { product: string, count: integer }[], room:
           │ "hall" | "kitchen", gift?: boolean) · Order products from the shop.
 input     │ user: Two lamps.
 call      │ assistant: → place_order({})
 result    │ tool place_order: Ordered.`);
  expect(frames.draw(call(2, [ORDER])).join("\n")).not.toContain("items:");
  expect(frames.draw(call(3, [{ ...ORDER, name: "buy" }])).join("\n")).toContain("buy(items:");
});

test("a narrow screen has no line that is too wide, and long lists are folded", () => {
  const many = Array.from({ length: 30 }, (_, at) => ({ ...ORDER, name: `order_${at}` }));
  const lines = framesOf(40).draw(call(1, many));
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
  expect(lines.join("\n")).toMatch(/… \d+ lines folded/);
});
