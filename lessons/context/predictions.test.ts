import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadTokenizer, type Tokenizer } from "../../src/model/tokens.ts";
import { HARD_NAMES, playSection } from "../../test/support/predictions.ts";
import { eventsOf, run } from "../../test/support/program.ts";
import { serveFaults } from "../../test/support/server.ts";
import lesson from "./lesson.ts";

// The oracles look at the messages on the wire and at the values alone.

const rolesOf = (call: { messages: { role: string }[] } | undefined) =>
  call?.messages.map(({ role }) => role) ?? [];

describe("parts", () => {
  test.each([
    [0, 0, "tools"],
    [6, 3, "tools"],
    [40, 0, "history"],
    [12, 1, "history"],
    [0, 20, "passages"],
    [3, 12, "passages"],
  ])("%i turns and %i passages: %s", async (turns, passages, most) => {
    const steps = await playSection(lesson, "parts", { turns, passages });
    expect(steps.filled?.verdict).toBe(most);
    expect(steps.filled?.sent[0]?.messages.length).toBe(2 + 2 * turns);
    const text = steps.filled?.prompts[0] ?? "";
    const found = text.match(/Loans run for|Fees are ten|Reserved books/g);
    expect(found ?? []).toHaveLength(passages);
    expect(new Set(found).size).toBe(Math.min(passages, 3));
  });

  test.each([1, 2, 3, 6, 12, 20, 30, 60, 200, 400])(
    "room for %i tokens: a reply that ends in the middle was cut",
    async (room) => {
      const steps = await playSection(lesson, "parts", { room });
      const end = steps.cut?.events.find(
        (event) => event.type === "call-end",
      );
      const text = end?.type === "call-end" ? end.text : "";
      expect(steps.cut?.verdict).toBe(
        /[.!?)]$/.test(text.trim()) ? "it is whole" : "it is cut",
      );
    },
  );
});

describe("trimming", () => {
  test.each([2, 3, 4, 5, 6])(
    "the last %i messages are taken where no tool's result lacks its call",
    async (keep) => {
      const steps = await playSection(lesson, "trimming", { keep });
      const roles = rolesOf(steps.sliced?.sent[0]);
      expect(roles.length).toBe(keep);
      expect(steps.sliced?.verdict).toBe(roles[0] === "tool" ? "no" : "yes");
      const kept = rolesOf(steps.trimmed?.sent[0]);
      expect(steps.trimmed?.verdict).toBe(String(kept.length));
      expect(kept.filter((role) => role !== "system")[0] ?? "user").toBe(
        "user",
      );
    },
  );

  test.each([0, 1, 2, 3])("%i results stay whole", async (results) => {
    const steps = await playSection(lesson, "trimming", { results });
    const sent = steps.emptied?.sent[0]?.messages ?? [];
    const tools = sent.filter(({ role }) => role === "tool");
    const whole = tools.filter(({ parts }) =>
      parts.some(({ text }) => text.includes("4 degrees")),
    );
    expect([tools.length, whole.length]).toEqual([3, results]);
    expect(steps.emptied?.verdict).toBe(String(3 - results));
  });
});

test.each(HARD_NAMES)(
  "late-summary, for %s: hidden calls are counted",
  async (name) => {
    const turns = 3 + (name.length % 4);
    const trigger = [40, 80, 400][name.length % 3] ?? 40;
    const steps = await playSection(lesson, "late-summary", {
      name,
      turns,
      trigger,
    });
    for (const step of ["eachTurn", "late"]) {
      const hidden = steps[step]?.sent.filter(
        ({ purpose }) => purpose !== "answer",
      );
      expect(steps[step]?.verdict).toBe(String(hidden?.length));
      expect(steps[step]?.sent.length).toBe(turns + (hidden?.length ?? 0));
    }
  },
);

describe("caching", () => {
  const sizes = [
    { rules: 60, turns: 8, k: 2 },
    { rules: 1, turns: 5, k: 1 },
    { rules: 45, turns: 3, k: 3 },
    { rules: 200, turns: 6, k: 1 },
    { rules: 44, turns: 12, k: 2 },
  ];
  let server: Awaited<ReturnType<typeof serveFaults>>;
  let tokenizer: Tokenizer;
  const cached: number[] = [];
  beforeAll(async () => {
    tokenizer = await loadTokenizer("gpt-6-luna");
    server = await startReporting(() => tokenizer, cached);
  });
  afterAll(() => server.close());

  test.each(sizes)(
    "$rules rules, $turns turns, k=$k: the plot says what the endpoint reports",
    async (size) => {
      cached.length = 0;
      const set = Object.entries(size).flatMap(([name, value]) => [
        "--set",
        `${name}=${value}`,
      ]);
      const argv = [
        "lesson",
        "context/caching",
        ...set,
        "--model",
        "gpt-6-luna",
      ];
      const { stdout, code } = await run(
        [...argv, "--yes", "--format", "jsonl"],
        {
          env: {
            OPENAI_BASE_URL: server.url,
            OPENAI_API_KEY: "sk-test-123456",
          },
        },
      );
      expect(code).toBe(0);
      const chart = eventsOf(stdout).find(
        (event) => event.type === "chart-shown",
      );
      const points = chart.series.flatMap(
        (one: { points: number[] }) => one.points,
      );
      expect(points.length).toBe(4 * size.turns);
      expect(points).toEqual(cached.slice(0, points.length));
    },
  );

  test.each(["first", "last"])("the time stands %s", async (clock) => {
    const steps = await playSection(lesson, "caching", { clock, turns: 4 });
    const starts = steps.clocked?.sent.map(
      ({ messages }) => messages[0]?.parts[0]?.text,
    );
    const isSame = new Set(starts).size === 1;
    expect(isSame).toBe(clock === "last");
    expect(steps.clocked?.verdict).toBe(
      isSame ? "more than half" : "nothing",
    );
  });
});

/** An endpoint that reports how much of a prompt was in the one before, as OpenAI's does. */
function startReporting(tokenizer: () => Tokenizer, cached: number[]) {
  let before: string[] = [];
  return serveFaults((_request, response, body) => {
    const { messages, model } = JSON.parse(body);
    const texts: string[] = messages.map(
      ({ content }: { content: string }) => content,
    );
    const tokens = texts.flatMap((text) => tokenizer().split(text));
    if (messages.length === 2) before = [];
    const differs = tokens.findIndex((token, at) => token !== before[at]);
    const same = differs < 0 ? tokens.length : differs;
    const found = same < 1024 ? 0 : same - (same % 128);
    const isHidden = texts.length === 1;
    if (!isHidden) {
      before = tokens;
      cached.push(found);
    }
    const usage = {
      prompt_tokens: tokens.length,
      completion_tokens: 2,
      total_tokens: tokens.length + 2,
      prompt_tokens_details: { cached_tokens: isHidden ? 0 : found },
    };
    const message = { role: "assistant", content: "Thank you." };
    const choices = [{ index: 0, message, finish_reason: "stop" }];
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        id: "1",
        object: "chat.completion",
        model,
        choices,
        usage,
      }),
    );
  });
}

test.each([
  ["What food am I allergic to?", 1],
  ["When does my train leave?", 2],
  ["Do I have a pet?", 3],
  ["?", 6],
  ["Où travaille-t-elle ?", 4],
])("facts for %s: the prompt carries %i of six", async (question, count) => {
  const steps = await playSection(lesson, "facts", { question, count });
  const carried =
    steps.recalled?.prompts[0]?.match(/^The user('s)? .+\.$/gm) ?? [];
  expect(steps.recalled?.verdict).toBe(String(carried.length));
  expect(carried.length).toBe(count);
});

test.each([1, 2, 3, 4, 8, 12])(
  "waiting: the reader leaves after %i pieces",
  async (pieces) => {
    const steps = await playSection(lesson, "waiting", { pieces });
    const ended = steps.left?.events.some(
      (event) => event.type === "call-end",
    );
    expect(steps.left?.verdict).toBe(
      ended ? "at the end of the reply" : "with an error",
    );
    expect(steps.progress?.verdict).toBe("before");
  },
);

test.each([
  ["ada@example.org", true],
  ["a.b+c@mail.example.co.uk", true],
  ["ada at example", false],
  ["李明@example.org", null],
  ["@", false],
  ["ADA@EXAMPLE.ORG", true],
])("guardrails: %s", async (email, isAddress) => {
  const steps = await playSection(lesson, "guardrails", { email });
  const isSent = steps.redacted?.prompts[0]?.includes(email);
  expect(steps.redacted?.verdict).toBe(isSent ? "yes" : "no");
  if (isAddress !== null) expect(isSent).toBe(!isAddress);
  expect([steps.blocked?.verdict, steps.blocked?.sent.length]).toEqual([
    "0",
    0,
  ]);
  const [address, inWords, card, cardInWords] = steps.missed?.prompts ?? [];
  const redacted = [address, inWords, card, cardInWords].filter((sent) =>
    sent?.includes("[REDACTED"),
  );
  expect(steps.missed?.verdict).toBe(String(redacted.length));
});

test.each(["token", "embedding", "vector store", "x", "7", "{brace}"])(
  "tracing: the tree has the chain and its parts, for %s",
  async (term) => {
    const steps = await playSection(lesson, "tracing", { term });
    expect(steps.traced?.verdict).toBe("4");
    expect(steps.traced?.sent.length).toBe(1);
  },
);
