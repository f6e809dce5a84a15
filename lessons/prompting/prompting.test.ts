import { describe, expect, test } from "vitest";
import { scriptedStage } from "../../src/stage/scripted.ts";
import { COUNTRIES } from "../../src/tinylm/corpus/facts.ts";
import type {
  EventOf,
  LabEvent,
  ParamValue,
} from "../../src/trace/events.ts";
import { HARD_TEXTS } from "../../test/support/hard-texts.ts";
import { playAll } from "../../test/support/lesson.ts";
import prompting from "./lesson.ts";

async function played(section: string, values: Record<string, ParamValue>) {
  const stage = scriptedStage({});
  await playAll(
    prompting,
    stage,
    { [`prompting/${section}`]: values },
    { sections: [section] },
  );
  const of = (type: string) =>
    stage.events.filter((event) => event.type === type) as unknown[];
  const judged = verdictsIn(stage.events);
  const [verdict] = of("prediction-judged") as EventOf<"prediction-judged">[];
  const replies = (of("call-end") as EventOf<"call-end">[]).map(
    ({ text }) => text,
  );
  const bars = of("bars-shown") as EventOf<"bars-shown">[];
  const [question] = of("question-asked") as EventOf<"question-asked">[];
  const notes = of("note-shown") as EventOf<"note-shown">[];
  return { verdict, judged, replies, bars, question, notes };
}

/** What was judged, by the question that was asked. */
function verdictsIn(events: readonly LabEvent[]): Record<string, string> {
  const judged: Record<string, string> = {};
  let asked = "";
  for (const event of events) {
    if (event.type === "question-asked") asked = event.question;
    if (event.type === "prediction-judged") judged[asked] = event.actual;
  }
  return judged;
}

const QUESTIONS = [
  "What is the capital of France?",
  "Which language is spoken in Japan?",
  "Name the capital of Peru.",
  "What is the capital of Atlantis?",
  "What do people in Samoa eat?",
  ...HARD_TEXTS,
];
/** What the fact table says of a question, found by its words alone. */
function rightWord(asked: string): string | undefined {
  const country = COUNTRIES.find(({ name }) => asked.includes(name));
  if (!country) return undefined;
  if (asked.includes("capital")) return country.capital;
  if (/language|speak|spoken/.test(asked)) return country.language;
  return /dish|eat/.test(asked) ? country.dish : undefined;
}
const asks = (line: string) =>
  /\?$|^(?:Name|Tell me) .*\.$/.test(line.trim());

describe.each(QUESTIONS)("every verdict holds for %j", (question) => {
  const right = rightWord(question);

  test("what a base model writes after it", async () => {
    const { verdict, replies } = await played("base", { question });
    const lines = (replies[0] ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "");
    const states =
      right !== undefined && lines[0]?.includes(right) && !asks(lines[0]);
    const oracle = () => {
      if (lines.length === 0) return "nothing";
      if (states) return "the answer";
      return lines.some(asks) ? "more questions" : "something else";
    };
    expect(verdict?.actual).toBe(oracle());
    expect(verdict?.why).toBeTruthy();
  });

  test("which of two tiny models answers it", async () => {
    const { judged, replies, notes } = await played("instruct", {
      question,
    });
    const verdict = Object.entries(judged).find(([asked]) =>
      asked.includes("two tiny models"),
    )?.[1];
    if (right === undefined) {
      // Nobody can say what is right there, so nothing is judged.
      expect(verdict).toBeUndefined();
      expect(notes.map(({ text }) => text)).toContain(
        "This run does not show it.",
      );
      return;
    }
    const [base, tuned] = replies.map((reply) => reply.includes(right));
    const oracle = base
      ? tuned
        ? "both"
        : "the base"
      : tuned
        ? "the tuned"
        : "neither";
    expect(verdict).toBe(oracle);
  });

  test("which pair of letters is joined first", async () => {
    const {
      verdict,
      question: asked,
      notes,
    } = await played("tokens", { sample: question });
    const pairs = pairsIn(question);
    if (!verdict) return expect(notes.length + pairs.size).toBeGreaterThan(0);
    if (/[^ -~]/.test(question))
      return expect(asked?.choices).toContain(verdict.actual);
    expect(asked?.choices).toContain(verdict.actual);
    expect(pairs.get(verdict.actual)).toBe(Math.max(...pairs.values()));
  });
});

/** How often two letters of a word stand side by side; a word has the space before it. */
function pairsIn(sample: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 1 < sample.length; at++) {
    const pair = `${sample[at] === " " ? "·" : sample[at]} ${sample[at + 1]}`;
    if (sample[at + 1] !== " ") counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

test.each([
  "Once upon a time there was a",
  "The capital of France is",
  ...HARD_TEXTS,
])("how sure the model is after %j", async (text) => {
  const { verdict, bars } = await played("next-token", { text, length: 1 });
  const share = bars[0]?.bars[0]?.value ?? 0;
  const most = Math.max(...(bars[0]?.bars ?? []).map(({ value }) => value));
  expect(share).toBe(most);
  expect(verdict?.actual).toBe(
    share > 0.9 ? "above 90 %" : share >= 0.5 ? "50 to 90 %" : "below 50 %",
  );
});

test.each(["What is the capital of Peru?", ...HARD_TEXTS.slice(0, 5)])(
  "which form gets the most right answers, beside %j",
  async (question) => {
    const { verdict, replies } = await played("prompting", { question });
    const countries = [
      "France",
      "Spain",
      "Germany",
      "Greece",
      "Poland",
      "Japan",
      "Egypt",
      "Kenya",
      "Cuba",
      "Peru",
    ];
    const right = [0, 1, 2].map(
      (form) =>
        countries.filter((name, at) => {
          const capital =
            COUNTRIES.find((country) => country.name === name)?.capital ??
            "?";
          return replies[form * 11 + at]?.includes(capital);
        }).length,
    );
    const most = Math.max(...right);
    const best = ["bare", "marks", "example"].filter(
      (_, at) => right[at] === most,
    );
    expect(verdict?.actual).toBe(
      best.length === 1 ? best[0] : "two are equal",
    );
  },
);

test.each([
  ["Mia Brandt won the contest.", "Who won the contest?", "with the news"],
  ["Who won?", "Who won?", "both"],
  ...HARD_TEXTS.map((news) => [
    news,
    "What happened yesterday?",
    "with the news",
  ]),
])("where the news %j can be known, asked %j", async (news, asked, known) => {
  const { judged } = await played("instruct", { news, asked });
  expect(Object.values(judged).at(-1)).toBe(known);
});

test.each([
  ["The capital of France is", "The capital of Japan is"],
  ["The capital of France is", "The capital of France is"],
  ...HARD_TEXTS.slice(0, 5).map((text) => [
    text,
    "Once upon a time there was a",
  ]),
])(
  "whether the next token is the same after %j and %j",
  async (one, other) => {
    const { judged, bars } = await played("next-token", {
      one,
      other,
      length: 1,
    });
    const likeliest = (at: number) =>
      bars[at]?.bars.toSorted((a, b) => b.value - a.value)[0]?.label;
    const verdict = Object.entries(judged).find(([asked]) =>
      asked.startsWith("Will the likeliest"),
    );
    expect(verdict?.[1]).toBe(
      likeliest(1) === likeliest(2) ? "the same" : "another",
    );
  },
);

test.each([
  [
    "What is the capital of {country}?",
    "What city is {country}'s capital?",
    "too few to tell",
  ],
  [
    "What is the capital of {country}?",
    "Where is the government of {country}?",
    "A is better",
  ],
  [
    "Where is the government of {country}?",
    "What is the capital of {country}?",
    "B is better",
  ],
  ...HARD_TEXTS.slice(0, 6).map((text) => [text, text, "too few to tell"]),
])("whether prompt %j is better than %j", async (a, b, better) => {
  const { judged, replies } = await played("prompting", { a, b });
  const of = (word: string) =>
    Object.entries(judged).find(([asked]) => asked.includes(word))?.[1];
  expect(of("After ten inputs")).toBe(better);
  // The replies of the step before: at once, the country, after it.
  const thought = replies.slice(36, 66);
  const languages = ["French", "Spanish", "German", "Greek", "Polish"].concat(
    ["Japanese", "Arabic", "Swahili", "Spanish", "Spanish"],
  );
  const right = [0, 2].map(
    (place) =>
      languages.filter((word, at) => thought[3 * at + place]?.includes(word))
        .length,
  );
  expect(right[1]).toBeGreaterThan(right[0] ?? 0);
  expect(of("more languages right")).toBe("with the step");
});

describe("few-shot", () => {
  test.each(["capital", "language", "currency"])(
    "two examples tell a base model which fact is wanted: the %s",
    async (fact) => {
      const { judged, replies } = await played("few-shot", { fact });
      const wanted = (from: number) =>
        replies
          .slice(from, from + 10)
          .filter((text) => text.includes(`The ${fact} of`)).length;
      expect(wanted(20)).toBeGreaterThanOrEqual(wanted(0) + 5);
      expect(Object.values(judged)).toEqual(["far more after two examples"]);
    },
  );
});
