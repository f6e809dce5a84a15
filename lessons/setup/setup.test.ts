import { readFileSync } from "node:fs";
import { join } from "node:path";
import { countTokens } from "gpt-tokenizer/encoding/cl100k_base";
import { describe, expect, test } from "vitest";
import { handbook } from "../../src/handbook/handbook.ts";
import { scriptedStage } from "../../src/stage/scripted.ts";
import type { EventOf, ParamValue } from "../../src/trace/events.ts";
import { HARD_TEXTS } from "../../test/support/hard-texts.ts";
import { playAll } from "../../test/support/lesson.ts";
import { root } from "../../test/support/program.ts";
import setup from "./lesson.ts";

async function played(section: string, values: Record<string, ParamValue>) {
  const stage = scriptedStage({});
  await playAll(
    setup,
    stage,
    { [`setup/${section}`]: values },
    { sections: [section] },
  );
  const of = (type: string) =>
    stage.events.filter((event) => event.type === type) as unknown[];
  const verdicts = of("prediction-judged") as EventOf<"prediction-judged">[];
  const calls = of("call-start") as EventOf<"call-start">[];
  const replies = of("call-end") as EventOf<"call-end">[];
  return { verdicts, calls, replies };
}

describe.each(HARD_TEXTS)("every verdict holds for %j", (text) => {
  test("four messages are sent, whatever the last says", async () => {
    const { verdicts, calls } = await played("first-call", { prompt: text });
    const sent = calls.find(({ messages }) => messages.length > 1);
    expect(verdicts.map(({ actual }) => actual)).toEqual([
      String(sent?.messages.length),
    ]);
    expect(
      sent?.messages
        .at(-1)
        ?.parts.map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  test("the draws at 0 are alike, and those at the learner's temperature are counted", async () => {
    const values = { start: text, prompt: text, temperature: 2, topP: 1 };
    const { verdicts, calls, replies } = await played("temperature", values);
    const drawn = replies.filter(
      ({ call }) => calls[call - 1]?.model === "tiny-base",
    );
    const [cold, warm] = [0, 1].map(
      (turn) =>
        new Set(
          drawn.filter((_, at) => at % 2 === turn).map((reply) => reply.text),
        ).size,
    );
    expect([drawn.length, cold]).toEqual([10, 1]);
    expect(verdicts.map(({ actual }) => actual)).toEqual(["5", "1"]);
    expect(verdicts[1]?.why).toContain(
      `At 2 it came to ${warm} different texts`,
    );
  });
});

// The chances of the five words at a temperature, worked out by hand: e to the scores 4, 3, 2.5, 1
// and -2 by the temperature, as shares. At 1: 60.9, 22.4, 13.6, 3.0, 0.2 %.
test.each([
  [1, 0.05, 1],
  [1, 0.6, 1],
  [1, 0.62, 2],
  [1, 0.83, 2],
  [1, 0.84, 3],
  [1, 0.9, 3],
  [1, 0.98, 4],
  [1, 1, 5],
  [0.1, 0.9, 1],
  [2, 0.42, 1],
  [2, 0.9, 4],
])(
  "at temperature %d, top-p %d leaves %i words",
  async (temperature, topP, left) => {
    const { verdicts } = await played("temperature", { temperature, topP });
    expect(verdicts[0]?.actual).toBe(String(left));
  },
);

test("Hindi takes over three times the tokens of English in the older encoding", async () => {
  const { verdicts } = await played("tokens", {});
  const [english, hindi] = [
    "Hello, how are you today?",
    "नमस्ते, आज आप कैसे हैं?",
  ].map((greeting) => countTokens(greeting));
  expect(hindi).toBeGreaterThan(3 * Number(english));
  expect(verdicts.map(({ actual }) => actual)).toEqual([
    "over three times as many",
  ]);
  expect(verdicts[0]?.why).toContain(`${hindi} beside ${english}`);
});

test("the figure for tokens in English is that of the handbook's own words", () => {
  const prose = handbook()
    .map(({ text }) => text)
    .join("\n");
  const words = prose.match(/\S+/g)?.length ?? 0;
  const perHundred = (100 * countTokens(prose)) / words;
  expect(Math.abs(perHundred - 122)).toBeLessThan(1.5);
  const said = [
    ["lessons/setup/tokens.ts", "about 122"],
    ["lessons/memory/buffer.ts", "about 122"],
    ["handbook/tokens.md", "about 122 tokens"],
  ];
  for (const [file = "", figure = ""] of said)
    expect(readFileSync(join(root, file), "utf8")).toContain(figure);
});
