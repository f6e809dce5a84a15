import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { VectorStore } from "@langchain/core/vectorstores";
import { describe, expect, test } from "vitest";
import { handbookPassages } from "../../src/documents/handbook.ts";
import { Encoder } from "../../src/encoder/encoder.ts";
import { encoder } from "../../src/kits/encoder/kit.ts";
import { vectors } from "../../src/kits/vectors/kit.ts";
import { loadSection } from "../../src/lesson/load.ts";
import { play } from "../../src/lesson/play.ts";
import type {
  Lesson,
  SectionModule,
  SectionSource,
} from "../../src/lesson/types.ts";
import { embedText } from "../../src/offline/embeddings/embed.ts";
import { scriptedStage } from "../../src/stage/scripted.ts";
import type {
  EventOf,
  LabEvent,
  ParamValue,
} from "../../src/trace/events.ts";
import { MemoryStore } from "../../src/vector/memory.ts";
import { offlineSurroundings } from "../../test/support/play.ts";
import lesson from "./lesson.ts";
import { ANSWERABLE, NEAR_MISSES, UNANSWERABLE } from "./material.ts";

const STORES = ["memory", "lancedb"] as const;
type Values = Record<string, ParamValue>;

const { signal } = new AbortController();
/** The tools of each store; the vectors that were made once are kept from play to play. */
const tools = Object.fromEntries(
  STORES.map((store) => [
    store,
    vectors.open({ store, model: "offline-embedding-2", signal }),
  ]),
);

const looking = encoder.open({});
const alone = Encoder.open();

/** What a single step shows and sends. */
async function playStep(
  place: string,
  values: Values,
  store: (typeof STORES)[number],
): Promise<LabEvent[]> {
  const [section = "", step = ""] = place.split("/");
  const module = (await lesson.sections[section]?.()) as SectionModule;
  const source = module.source as SectionSource;
  const told = source.steps.filter(({ name }) => name === step);
  const steps = module.default.steps.filter(
    ({ title }) => title === told[0]?.title,
  );
  const alone: SectionModule = {
    default: { ...module.default, steps },
    source: { ...source, steps: told },
  };
  const only: Lesson = {
    ...lesson,
    sections: { [section]: async () => alone },
  };
  const stage = scriptedStage({});
  await play({
    lesson: only,
    sections: [section],
    settings: { [`vector-store/${section}`]: values },
    ...offlineSurroundings(stage, (text) => Math.ceil(text.length / 4)),
    openKit: async (kit) =>
      (await (kit === "vectors" ? tools[store] : looking)) as never,
    signal,
  });
  expect(stage.events.at(-1)).toMatchObject({ outcome: "done" });
  return stage.events;
}

const all = <Type extends LabEvent["type"]>(
  events: LabEvent[],
  type: Type,
): EventOf<Type>[] =>
  events.filter((event): event is EventOf<Type> => event.type === type);

/** The prompts on the wire, each as one text. */
const promptsOf = (events: LabEvent[]) =>
  all(events, "call-start").map(({ messages }) =>
    messages.flatMap(({ parts }) => parts.map((part) => part.text)).join(""),
  );

const cells = (events: LabEvent[]) =>
  all(events, "table-shown").at(-1)?.rows ?? [];

const embedded = new Map<string, number[]>();
const vectorOf = (text: string) => {
  const vector = embedded.get(text) ?? [...embedText(text)];
  embedded.set(text, vector);
  return vector;
};
const near = (one: string, other: string) => {
  const [a, b] = [vectorOf(one), vectorOf(other)];
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
};
const passages = handbookPassages();
/** Where each passage of the handbook comes for a question. */
const ranking = (question: string) =>
  passages
    .map(({ pageContent }, n) => ({ n, score: near(question, pageContent) }))
    .sort((a, b) => b.score - a.score);

const QUESTIONS = [
  "How much overlap should chunks have?",
  "how do i keep costs down",
  "Sam Smith",
  "bob",
  "Zoë Ångström, où es-tu ?",
  "温度とは何ですか",
  "a",
  "What is {context} and what is {question}?",
  "x".repeat(40),
  "?!… — 100 %",
  "What is 12 times 12?",
];
const asking = (more: (n: number) => Values = () => ({})) =>
  QUESTIONS.map((question, n) => ({ question, ...more(n) }));
const counting = (name: string, numbers: number[]) =>
  numbers.map((value) => ({ [name]: value }));

interface Case {
  /** the only stores that can do what the step does; all when left out */
  on?: readonly string[];
  settings: Values[];
  /** the verdict as it should be, worked out in another way than the judge does */
  oracle(
    events: LabEvent[],
    values: Values,
    store: (typeof STORES)[number],
  ): string;
}

const CASES: Record<string, Case> = {
  "embeddings/near": {
    settings: QUESTIONS.map((sentence) => ({ sentence })),
    oracle: (_, { sentence }) => {
      const others = [
        "Tokenizers cut text into subwords.",
        "Sampling at a high temperature is bolder.",
        "Randomness makes the model more creative.",
        "A backup is worth what its restore is.",
      ];
      const score = (other: string) => near(String(sentence), other);
      return others.sort((a, b) => score(b) - score(a))[0]!;
    },
  },
  "embeddings/attention": {
    settings: QUESTIONS.map((sentence, n) => ({
      sentence,
      layer: 1 + (n % 2),
      head: 1 + (n % 4),
    })),
    // A sentence of a single token has none that comes later.
    oracle: (_, { sentence }) =>
      alone.attention(String(sentence)).tokens.length > 1
        ? "only the encoder"
        : "neither",
  },
  "embeddings/negated": {
    settings: [{}],
    oracle: () => {
      const [reworded, negated] = [
        "Smoking is allowed in this place.",
        "You may not smoke here.",
      ] as const;
      const score = (other: string) => near("You may smoke here.", other);
      return score(negated) > score(reworded) ? negated : reworded;
    },
  },
  "embeddings/numbers": {
    settings: counting(
      "amount",
      [0, 1, 7, 99, 100, 101, 900, 1000, 12345, 1_000_000_000],
    ),
    oracle: (_, { amount }) => {
      const score = (other: string) =>
        near("The invoice is for 100 dollars.", other);
      return score(`The invoice is for ${amount} dollars.`) >
        score("Please pay us the 100 dollars that you owe.")
        ? "the other amount"
        : "the other wording";
    },
  },
  "embeddings/spelling": {
    settings: [{}],
    oracle: () => {
      const others = [
        "The Shop Is Open On Sunday.",
        "The store does business at the weekend.",
      ];
      const [text, ...vectors] = alone.encode([
        "The shop is open on Sunday.",
        ...others,
      ]);
      const [capitals, wording] = vectors.map((vector) =>
        vector.reduce((sum, value, at) => sum + value * text![at]!, 0),
      );
      return others[capitals! > wording! ? 0 : 1]!;
    },
  },
  "search/threshold": {
    settings: [{}],
    oracle: () => {
      const best = (question: string) => ranking(question)[0]!.score;
      const lowest = Math.min(...ANSWERABLE.map(best));
      if (lowest <= Math.max(...UNANSWERABLE.map(best))) return "no";
      return lowest > Math.max(...NEAR_MISSES.map(best))
        ? "yes"
        : "only if no words are familiar";
    },
  },
  "search/diverse": {
    settings: asking((n) => ({ k: [4, 1, 2, 20, 7][n % 5]! })),
    oracle: (events) => {
      const [plain, varied] = all(events, "table-shown").map(
        ({ rows }) =>
          new Set(rows.map(([id = ""]) => id.replace(", old", ""))).size,
      );
      if (plain === varied) return "both as many";
      return plain! > varied! ? "plain search" : "MMR";
    },
  },
  "hybrid/measured": {
    on: ["lancedb"],
    settings: [{}],
    oracle: (events) => {
      const [meaning, words, fused] = cells(events).map((row) =>
        Number.parseInt(row[3]!, 10),
      );
      const better = Math.max(meaning!, words!);
      if (fused === better) return "as many as the better of the two";
      return fused! > better
        ? "more than each search alone"
        : "fewer than the better of the two";
    },
  },
  "answer/declines": {
    settings: [
      ...[0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 1].map((threshold, n) => ({
        threshold,
        k: n + 1,
      })),
      { k: 10, threshold: 0 },
      { k: 1, threshold: 0.2 },
    ],
    oracle: (events) =>
      String(promptsOf(events)[0]!.split("(source: ").length - 1),
  },
  "answer/injected": {
    settings: asking((n) => ({ k: 1 + (n % 10) })),
    oracle: (events) =>
      promptsOf(events)[0]!.includes("reply only: PWNED") ? "yes" : "no",
  },
  "filters/collapse": {
    settings: asking((n) => ({ k: [1, 2, 5, 20, 13][n % 5]! })),
    oracle: (_, { question, k }) => {
      const nearest = ranking(String(question)).slice(0, Number(k));
      const yours = nearest.filter(({ n }) => n % 40 === 7).length;
      if (yours === k) return "all k";
      return yours === 0 ? "none" : "a few";
    },
  },
  "filters/tenants": {
    settings: asking((n) => ({ k: 1 + n })),
    oracle: (events) => {
      const row = cells(events).find(([what]) => what === "what is globex's");
      return row?.[1] === "0" ? "none" : "some";
    },
  },
  "recall/quantised": {
    settings: [1, 2, 3, 5, 8, 10, 15, 20, 35, 50].map((k) => ({
      k,
      vectors: 500 + k,
    })),
    oracle: (events) => {
      const recall = Number.parseInt(cells(events)[3]![2]!, 10);
      if (recall < 50) return "under half";
      return recall <= 90 ? "half to nine tenths" : "more";
    },
  },
  "chunking/sizes": {
    settings: counting(
      "budget",
      [50, 80, 120, 200, 300, 400, 600, 1000, 2000, 3000],
    ),
    oracle: (events) => {
      const rows = cells(events);
      const right = (size: string) =>
        Number.parseInt(
          rows.find(([of, overlap]) => of === size && overlap === "0")![3]!,
          10,
        );
      const [small, large] = [right("150"), right("600")];
      if (small === large) return "both as many";
      return small > large ? "150" : "600";
    },
  },
  "upsert/twice": { settings: [{}], oracle: () => "as many as before" },
  "model-change/mixed": {
    settings: [{}],
    oracle: (events) => {
      const [old, fresh, mixed] = cells(events).map((row) =>
        Number.parseInt(row[2]!, 10),
      );
      expect(fresh, "the new model is as good as the old one").toBe(old);
      if (mixed! >= old!) return "as before";
      return mixed! > old! / 2 ? "a little worse" : "less than half";
    },
  },
  "durability/reopened": {
    settings: [{}],
    oracle: (_, __, store) => (store === "memory" ? "no" : "yes"),
  },
  "scale/grows": {
    settings: counting("vectors", [500, 1000, 1001, 1234, 1500, 2000]),
    // 896 numbers of 4 bytes, a million times, are 3.6 GB.
    oracle: () => "1 to 10 GB",
  },
  "scale/shards": {
    settings: counting("shards", [2, 3, 4, 5, 7, 9, 11, 13, 15, 16]),
    oracle: (events) =>
      cells(events)[0]?.[1] === "10" ? "nothing" : "something",
  },
  "operations/probes": {
    settings: [{}],
    oracle: (events) => {
      const [before, after] = cells(events).map((row) =>
        Number.parseInt(row[2]!, 10),
      );
      return after! < before! ? "only the probe's recall" : "nothing";
    },
  },
  "operations/cached": {
    settings: counting(
      "threshold",
      [0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8, 0.95, 1],
    ),
    // A model that is not asked gave no answer of its own.
    oracle: (events) =>
      promptsOf(events).includes("What is 12 times 13?")
        ? "an answer of its own"
        : "the answer to 12 times 12",
  },
  "operations/tradeOff": {
    settings: [{}],
    oracle: (events) => {
      const clean = cells(events).some(
        ([, right, wrong]) => right === "4 of 4" && wrong === "0 of 4",
      );
      return clean ? "yes" : "no";
    },
  },
  "now/asTool": {
    settings: asking((n) => ({ k: 1 + (n % 10) })),
    oracle: (events) => String(promptsOf(events).length),
  },
  "now/unneeded": {
    settings: asking(),
    oracle: (events) => {
      const asked = all(events, "call-start").some(({ messages }) =>
        messages.some(({ role }) => role === "tool"),
      );
      return asked ? "yes" : "no";
    },
  },
};

/** Played by the built program, since it starts another process: test/vector-lesson.test.ts. */
const ELSEWHERE = ["durability/killed"];

describe.each(Object.entries(CASES))(
  "%s",
  (place, { on, settings, oracle }) => {
    // LanceDB writes to a disk: three settings show that its verdicts are the same.
    test.each(STORES.filter((store) => on?.includes(store) ?? true))(
      "is judged rightly on %s",
      async (store) => {
        const drawn = store === "memory" ? settings : settings.slice(0, 3);
        for (const values of drawn) {
          const events = await playStep(place, values, store);
          const judged = all(events, "prediction-judged");
          expect(judged).toHaveLength(1);
          const [{ actual, why }] = judged as [(typeof judged)[0]];
          const about = JSON.stringify(values);
          expect([about, actual]).toEqual([
            about,
            oracle(events, values, store),
          ]);
          expect(why).toMatch(/^[A-Z1].*[^ ]\.$/s);
          expect(why).not.toMatch(/undefined|NaN|\[object/);
        }
      },
    );
  },
);

const sections = await Promise.all(
  Object.keys(lesson.sections).map((id) => loadSection(lesson, id)),
);

test("every prediction of the lesson is among the cases, and says why", () => {
  const predicted = sections.flatMap(({ steps }) =>
    steps.filter(({ step }) => step.prediction),
  );
  const names = predicted.map(({ id }) => id.replace("vector-store/", ""));
  expect(names.toSorted()).toEqual(
    [...Object.keys(CASES), ...ELSEWHERE].toSorted(),
  );
  for (const { step } of predicted) expect(step.prediction?.why).toBeTruthy();
});

test("the table of methods says rightly which are LangChain's", async () => {
  const rows = cells(await playStep("search/whose", {}, "memory"));
  const namesOf = (from: string) =>
    rows
      .filter(([whose]) => whose === from)
      .flatMap(([, names = ""]) => names.match(/[a-z]\w+/g) ?? []);
  // LangChain declares these, and leaves them to each store.
  const left = ["addDocuments", "maxMarginalRelevanceSearch"];
  for (const name of namesOf("LangChain"))
    expect([
      name,
      name in VectorStore.prototype || left.includes(name),
    ]).toEqual([name, true]);
  for (const name of namesOf("llm-lab")) {
    expect([name, name in MemoryStore.prototype]).toEqual([name, true]);
    expect([name, name in VectorStore.prototype]).toEqual([name, false]);
  }
});

test("LangChain's own memory store does hold documents twice", async () => {
  const embeddings = {
    embedQuery: async () => [1],
    embedDocuments: async (texts: string[]) => texts.map(() => [1]),
  };
  const store = new MemoryVectorStore(embeddings);
  const document = { id: "a", pageContent: "a", metadata: {} };
  await store.addDocuments([document]);
  await store.addDocuments([document]);
  expect(await store.similaritySearch("a", 4)).toHaveLength(2);
});
