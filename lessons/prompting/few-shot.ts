import { answerTo, bases, choice, section } from "../../src/lab.ts";

// A base model was never taught to follow instructions: it goes on with whatever is
// likeliest after its text. This section tries to give it a task all the same, by
// solved examples. See `llm-lab help few-shot`.
const lab = section({
  title: "What examples tell a base model",
  kits: [bases],
  params: {
    fact: choice({
      default: "capital",
      choices: ["capital", "language", "currency"],
      help: "the fact that the examples ask for",
    }),
  },
});

// Ten times the model gets only the name of a country, between the marks `Q:` and
// `A:`, which it knows from exams. Nothing says which fact is wanted. Then the same
// prompt gets one solved example before it, and then two. The answers that state
// the wanted fact, rightly, are counted.
const learns = lab.step<Right>(
  "A task that only the examples name",
  async ({ complete, baseModels, params, table, tell }) => {
    const { fact } = params;
    const examples = Object.entries(SOLVED).map(
      ([country, facts]) =>
        `Q: ${country}\nA: The ${fact} of ${country} is ${facts[fact]}.\n`,
    );
    const [model] = baseModels;
    const llm = complete({ model, maxTokens: 14, stop: ["\n"] });
    const right: Right = { none: 0, one: 0, two: 0 };
    const rows = [];
    for (const [count, name] of COUNTS.entries()) {
      let text = "";
      for (const country of TRIED) {
        const before = examples.slice(0, count).join("");
        text = await llm.invoke(`${before}Q: ${country}\nA:`);
        const isRight = answerTo(`What is the ${fact} of ${country}?`);
        if (isRight?.(text)) right[name] += 1;
      }
      rows.push([name, text.trim(), `${right[name]} of ${TRIED.length}`]);
    }
    await table("Examples", ["examples", "Q: Peru A:", "right"], rows);
    await tell(right);
  },
);

type Right = Record<"none" | "one" | "two", number>;
const COUNTS = ["none", "one", "two"] as const;
const SOLVED = {
  Italy: { capital: "Rome", language: "Italian", currency: "the euro" },
  Ghana: { capital: "Accra", language: "English", currency: "the cedi" },
};
const TRIED = [
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

export default lab.steps(
  learns
    .predict({
      question: ({ fact }) =>
        `How many of the ten answers will rightly state the ${fact}, after two examples and without any?`,
      choices: [
        "about as many",
        "far more after two examples",
        "far fewer after two examples",
      ],
      judge: ({ facts: { none, two } }) => {
        if (Math.abs(two - none) < 3) return "about as many";
        return two > none
          ? "far more after two examples"
          : "far fewer after two examples";
      },
      why: ({ facts: { none, one, two } }) =>
        `Right: ${none} without an example, ${one} after one, ${two} after two. After examples, one more line of the same kind is likelier than before. No parameter has changed: attention takes the pattern from the text itself, which is called in-context learning. A model as small as this one is easily led astray by one example more; large ones hold on to the pattern. A tuned model knows a task by its instruction, and needs examples only where form or taste are hard to describe.`,
    })
    .briefly()
    .expect("two examples tell the task", "far more after two examples"),
);
