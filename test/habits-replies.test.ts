import { test } from "vitest";
import {
  chunk,
  DONE,
  data,
  deltas,
  type Habit,
  holds,
  piece,
  stream,
  textPart,
  whole,
} from "./support/habits.ts";

const THOUGHT = { reply: "Hello", thought: "Let me see." };
const thinks = (text: string, size = 3) =>
  deltas(...(text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []).map((content) => ({ content })));
/** The lesson goes on with its second step, where only a reply is at fault. */
const THOUGHT_ONLY = { code: 1, requests: 2, told: /only thought/ };
const EMPTY = { code: 1, requests: 2, told: /empty reply/ };
const CUT = { reply: "Hello", finish: "length" };

const THOUGHTS: Habit[] = [
  [
    "thinks in reasoning_content",
    deltas({ reasoning_content: "Let me " }, { reasoning_content: "see." }, { content: "Hello" }),
    THOUGHT,
  ],
  ["thinks in reasoning", deltas({ reasoning: "Let me see." }, { content: "Hello" }), THOUGHT],
  [
    "thinks in both at once",
    deltas({ reasoning: "Let me see.", reasoning_content: "Let me see." }, { content: "Hello" }),
    THOUGHT,
  ],
  ["thinks in thinking", deltas({ thinking: "Let me see." }, { content: "Hello" }), THOUGHT],
  [
    "thinks in parts",
    deltas(
      { content: [{ type: "thinking", thinking: [textPart("Let me see.")] }] },
      { content: [textPart("Hello")] },
    ),
    THOUGHT,
  ],
  [
    "thinks in parts of plain text",
    deltas({
      content: [{ type: "reasoning", text: "Let me see." }, textPart("Hello")],
    }),
    THOUGHT,
  ],
  [
    "thinks in details",
    deltas(
      { reasoning_details: [{ type: "reasoning.text", text: "Let me see." }] },
      { content: "Hello" },
    ),
    THOUGHT,
  ],
  ["thinks between tags", thinks("<think>Let me see.</think>Hello"), THOUGHT],
  [
    "thinks between tags, a letter at a time",
    thinks("<think>\nLet me see.\n</think>\n\nHello", 1),
    THOUGHT,
  ],
  [
    "thinks between tags, in one piece",
    thinks("<think>\nLet me see.\n</think>\n\nHello", 99),
    THOUGHT,
  ],
  ["thinks between other tags", thinks("<thinking>Let me see.</thinking>Hello"), THOUGHT],
  ["thinks between brackets", thinks("[THINK]Let me see.[/THINK]Hello"), THOUGHT],
  [
    "closes a thought that it never opened",
    thinks("Let me see.</think>\n\nHello"),
    { reply: "Hello", told: /closed a thought that it had not opened/ },
  ],
  ["thinks nothing between tags", thinks("<think>\n\n</think>\n\nHello"), { reply: "Hello" }],
  ["begins like a tag, and is none", thinks("<thin ice"), { reply: "<thin ice" }],
  [
    "speaks of the tag in its answer",
    thinks("Write <think>x</think>."),
    { reply: "Write <think>x</think>." },
  ],
  [
    "thinks in a whole reply",
    whole({ content: "Hello", reasoning_content: "Let me see." }),
    THOUGHT,
  ],
  [
    "closes a thought in a whole reply that it never opened",
    whole({ content: "Let me see.</think>\n\nHello" }),
    THOUGHT,
  ],
  [
    "speaks of the tags in a whole reply",
    whole({ content: "Write <think>x</think>." }),
    { reply: "Write <think>x</think>." },
  ],
  [
    "thinks between tags in a whole reply",
    whole({ content: "<think>Let me see.</think>Hello" }),
    THOUGHT,
  ],
  [
    "thinks in parts in a whole reply",
    whole({
      content: [{ type: "thinking", thinking: "Let me see." }, textPart("Hello")],
    }),
    THOUGHT,
  ],
  ["only thinks", deltas({ reasoning_content: "Let me see." }), THOUGHT_ONLY],
  [
    "only thinks until its tokens run out",
    stream(data(chunk({ reasoning_content: "Let me see." })) + piece("", "length") + DONE),
    { ...THOUGHT_ONLY, told: /only thought.*tokens/s },
  ],
  ["only thinks between tags", thinks("<think>Let me see.</think>"), THOUGHT_ONLY],
  ["never closes its thought", thinks("<think>Let me see."), THOUGHT_ONLY],
  [
    "only thinks in a whole reply",
    whole({ content: null, reasoning: "Let me see." }),
    THOUGHT_ONLY,
  ],
  [
    "only thinks in parts",
    deltas({ content: [{ type: "thinking", thinking: "Hm." }] }),
    THOUGHT_ONLY,
  ],
];

const EMPTIES: Habit[] = [
  ["says nothing", deltas({ content: "" }), EMPTY],
  ["says nothing but [DONE]", stream(DONE), EMPTY],
  ["says only spaces", deltas({ content: " \n" }), EMPTY],
  ["sends content: null", deltas({ role: "assistant", content: null }), EMPTY],
  ["sends an empty list of parts", deltas({ content: [] }), EMPTY],
  ["sends an empty list of tools", deltas({ content: "", tool_calls: [] }), EMPTY],
  ["sends a whole reply without content", whole({ role: "assistant", content: null }), EMPTY],
  ["sends a whole reply of spaces", whole({ content: " " }), EMPTY],
  [
    "sends a whole reply with an empty list of tools",
    whole({ content: "", tool_calls: [] }),
    EMPTY,
  ],
  ["sends a choice without a message", whole(undefined), EMPTY],
  ["sends choices that are null", whole(null), EMPTY],
  [
    "runs out of tokens before the first word",
    stream(piece("", "length") + DONE),
    { ...EMPTY, told: /empty reply.*tokens/s },
  ],
];

const CUTS: Habit[] = [
  ["cuts the reply at a length", stream(piece("Hello", "length") + DONE), CUT],
  ["cuts the reply at max_tokens", stream(piece("Hello", "max_tokens") + DONE), CUT],
  ["cuts the reply at MAX_TOKENS", stream(piece("Hello", "MAX_TOKENS") + DONE), CUT],
  ["cuts the reply at model_length", stream(piece("Hello", "model_length") + DONE), CUT],
  ["cuts a whole reply", whole({ content: "Hello" }, "length"), CUT],
  [
    "filters the reply",
    stream(piece("Hel") + piece("", "content_filter") + DONE),
    { code: 1, requests: 2, told: /content filter/ },
  ],
  [
    "filters a whole reply",
    whole({ content: "" }, "content_filter"),
    { code: 1, requests: 2, told: /content filter/ },
  ],
  [
    "filters for SAFETY",
    stream(piece("", "SAFETY") + DONE),
    { code: 1, requests: 2, told: /content filter/ },
  ],
  [
    "filters what is sensitive",
    stream(piece("", "sensitive") + DONE),
    { code: 1, requests: 2, told: /content filter/ },
  ],
  [
    "stops for want of resources",
    stream(piece("Hel", "insufficient_system_resource") + DONE),
    { code: 1, requests: 2, told: /insufficient_system_resource/ },
  ],
  [
    "ends with the reason error",
    stream(
      piece("Hel") +
        data({ ...chunk({ content: "" }, "error"), error: { message: "the GPU is gone" } }) +
        DONE,
    ),
    { code: 1, requests: 1, told: /the GPU is gone/ },
  ],
  [
    "ends with the reason error, in no words",
    stream(piece("Hel", "error") + DONE),
    { code: 1, requests: 2, told: /"error"/ },
  ],
  [
    "refuses in a field of its own",
    deltas({ refusal: "I will " }, { refusal: "not." }),
    { reply: "I will not.", finish: "refusal" },
  ],
  [
    "refuses in a whole reply",
    whole({ content: null, refusal: "I will not." }),
    { reply: "I will not.", finish: "refusal" },
  ],
  [
    "refuses in a part",
    deltas({ content: [{ type: "refusal", refusal: "I will not." }] }),
    { reply: "I will not.", finish: "refusal" },
  ],
  [
    "refuses as a finish reason",
    stream(piece("I will not.", "refusal") + DONE),
    { reply: "I will not.", finish: "refusal" },
  ],
];

test.each([...THOUGHTS, ...EMPTIES, ...CUTS])("a model that %s", async (_habit, reply, seen) => {
  await holds(reply, seen);
});
