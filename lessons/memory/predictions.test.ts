import { describe, expect, test } from "vitest";
import {
  HARD_NAMES,
  type Played,
  playSection,
} from "../../test/support/predictions.ts";
import lesson from "./lesson.ts";

// The oracles look at the prompts and the values alone: a model knows what its own prompt says.

/** Whether a prompt says the name, in the line that told it or in a reply that repeats it. */
const says = (prompt = "", name = "") => {
  const told = [
    `my name is ${name}`,
    `I'm ${name}`,
    `Hello ${name}`,
    `Your name is ${name}`,
    `name is ${name}`,
  ];
  const lower = prompt.toLowerCase();
  return told.some((words) => lower.includes(words.toLowerCase()));
};
const yes = (is: boolean) => (is ? "yes" : "no");
const verdictOf = (steps: Record<string, Played>, step: string) =>
  steps[step]?.verdict;
const lastPrompt = (steps: Record<string, Played>, step: string) =>
  steps[step]?.prompts.at(-1);

const params = HARD_NAMES.map((name, at) => ({
  name,
  k: (at % 4) + 1,
  limit: [20, 45, 60, 90, 400][at % 5] ?? 60,
}));

describe.each(params)("$name, k=$k, limit=$limit", ({ name, k, limit }) => {
  test("stateless: the second call knows a name that it is sent", async () => {
    const steps = await playSection(lesson, "stateless", { name });
    for (const step of ["forgets", "resent"])
      expect(verdictOf(steps, step)).toBe(
        yes(says(steps[step]?.prompts[1], name)),
      );
    expect(verdictOf(steps, "forgets")).toBe("no");
    expect(verdictOf(steps, "resent")).toBe("yes");
  });

  test("buffer: every prompt carries the name", async () => {
    const steps = await playSection(lesson, "buffer", {
      name,
      question: `What about ${name}?`,
    });
    const carrying = steps.grows?.prompts.filter((prompt) =>
      says(prompt, name),
    );
    expect(verdictOf(steps, "grows")).toBe(String(carrying?.length));
    expect(verdictOf(steps, "byHand")).toBe(
      yes(says(lastPrompt(steps, "byHand"), name)),
    );
  });

  test("window: the last prompt carries the name where the window reaches it", async () => {
    const steps = await playSection(lesson, "window", { name, k });
    expect(verdictOf(steps, "forgets")).toBe(
      yes(says(lastPrompt(steps, "forgets"), name)),
    );
    expect(verdictOf(steps, "forgets")).toBe(yes(k >= 2));
    expect(verdictOf(steps, "zero")).toBe("everything");
  });

  test("token: what fits the limit stays", async () => {
    const steps = await playSection(lesson, "token", { name, limit });
    expect(verdictOf(steps, "evicts")).toBe(
      yes(says(lastPrompt(steps, "evicts"), name)),
    );
    const [before] =
      steps.evicts?.events.filter((event) => event.type === "memory-shown") ??
      [];
    const why = steps.evicts?.events.find(
      (event) => event.type === "prediction-judged",
    )?.why;
    expect(why).toMatch(
      before?.content === ""
        ? /no history at all/
        : new RegExp(
            `^${before?.content.split(/^(?:Human|AI): /m).slice(1).length} of six`,
          ),
    );
    const kept = steps.limits?.events.filter(
      (event) => event.type === "memory-shown",
    );
    expect(verdictOf(steps, "limits")).toBe(
      String(kept?.[1]?.content.split("\n").length),
    );
    expect(verdictOf(steps, "unpruned")).toBe("6");
  });

  test("now: a window, another thread, a summary, a file", async () => {
    const steps = await playSection(lesson, "now", { name, k });
    const sent = steps.survives?.sent.at(-1)?.messages ?? [];
    expect(verdictOf(steps, "survives")).toBe(String(sent.length));
    expect(says(lastPrompt(steps, "survives"), name)).toBe(true);
    for (const step of ["trims", "agent"])
      expect(verdictOf(steps, step)).toBe(
        yes(says(lastPrompt(steps, step), name)),
      );
    expect(verdictOf(steps, "trims")).toBe(yes(k >= 2));
    expect(verdictOf(steps, "summarises")).toBe(
      String(steps.summarises?.sent.length),
    );
    // What is kept word for word begins with a question, not with half an exchange.
    const last = steps.summarises?.sent.at(-1)?.messages ?? [];
    expect(last.slice(1).map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
    ]);
  });

  test("long-term: a thread's prompt carries what the thread holds, and what the user's store has", async () => {
    const steps = await playSection(lesson, "long-term", { name });
    expect(verdictOf(steps, "shared")).toBe(
      yes(says(lastPrompt(steps, "shared"), name)),
    );
    expect(verdictOf(steps, "shared")).toBe("yes");
    const carrying = steps.stored?.prompts.filter((prompt) =>
      says(prompt, name),
    );
    expect(verdictOf(steps, "stored")).toBe(String(carrying?.length));
    expect(verdictOf(steps, "stored")).toBe("2");
  });

  test("compare: what was sent is counted, and a name is known where a prompt says it", async () => {
    const turns = 7;
    const steps = await playSection(lesson, "compare", {
      name,
      k,
      limit,
      turns,
    });
    const { sent, events, verdict } = steps.race as Played;
    const input = new Map(
      events.flatMap((event) =>
        event.type === "call-end" ? [[event.call, event.tokens.input]] : [],
      ),
    );
    const runs = [0, turns, 2 * turns, 3 * turns, 5 * turns];
    const sums = runs
      .slice(1)
      .map((to, at) =>
        sent
          .slice(runs[at], to)
          .reduce((all, { call }) => all + (input.get(call) ?? 0), 0),
      );
    const kinds = ["buffer", "window", "token", "summary"];
    expect(verdict).toBe(kinds[sums.indexOf(Math.max(...sums))]);
    const bill = events.find((event) => event.type === "table-shown");
    const asked = steps.race?.prompts ?? [];
    for (const [at, kind] of kinds.entries()) {
      const own = asked.slice(at * turns, (at + 1) * turns);
      const forgot = own.findIndex(
        (prompt) =>
          prompt.endsWith("Human: What is my name?\nAI:") &&
          !says(prompt, name),
      );
      expect([kind, bill?.rows[at]?.at(-1)]).toEqual([
        kind,
        forgot < 0 ? "never" : String(forgot + 1),
      ]);
    }
    const cache = steps.cached?.events.find(
      (event) => event.type === "table-shown",
    );
    const [, , buffer, window] = (cache?.rows ?? []).map((row) => {
      const [, , longest, sent, found, bill] = row.map(Number);
      const least = Number(row[0]) < 1024 ? 0 : 1024;
      expect(Number(longest)).toBeGreaterThanOrEqual(least);
      // Below 1,024 tokens nothing is cached; above, what is not found is written, at 1.25.
      const rest = Number(sent) - Number(found);
      const due =
        least === 0 ? Number(sent) : 0.1 * Number(found) + 1.25 * rest;
      expect(bill).toBe(Math.round(due));
      if (least === 0) expect(found).toBe(0);
      return Number(bill);
    });
    const less = Number(buffer) < Number(window) ? "buffer" : "window";
    expect(verdictOf(steps, "cached")).toBe(
      buffer === window ? "both the same" : less,
    );
  });
});

test.each([
  ["Short.", "And?", 20],
  ["A plan in accents: café, Zürich, 北京.", "Wohin geht es?", 60],
  ["Nothing. ".repeat(80), "What is left?", 200],
  ["One {brace} and 37 nails.", "How many nails?", 2000],
])("summary: %s", async (schedule, question, limit) => {
  const steps = await playSection(lesson, "summary", {
    schedule,
    question,
    limit,
  });
  expect(verdictOf(steps, "condenses")).toBe(
    String(steps.condenses?.sent.length),
  );
  expect(verdictOf(steps, "loses")).toBe(
    yes(/\b37\b/.test(lastPrompt(steps, "loses") ?? "")),
  );
  const shown = steps.defect?.events.findLast(
    (event) => event.type === "memory-shown",
  );
  expect(verdictOf(steps, "defect")).toBe(yes((shown?.tokens ?? 0) <= limit));
});
