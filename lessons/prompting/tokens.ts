import {
  integer,
  section,
  text,
  tokenizers,
  trainTokenizer,
} from "../../src/lab.ts";

// A language model does not see letters. It sees *tokens*: pieces of text, each
// with a number. Which pieces there are is learnt from text too, before anything
// else, and is fixed from then on.
const lab = section({
  title: "Text in pieces",
  kits: [tokenizers],
  params: {
    sentence: text({
      default: "The capital of Liechtenstein is Vaduz.",
      maxLength: 200,
      help: "the sentence that is cut",
    }),
    sample: text({
      default: "the cat that sat on the mat ate the rat that the cat hated",
      maxLength: 2000,
      help: "the text that a tokenizer is trained on",
    }),
    merges: integer({
      default: 8,
      min: 1,
      max: 200,
      help: "how many pairs are joined",
    }),
  },
});

// One sentence, cut by two tokenizers. The first belongs to a tiny model of this
// lesson, which knows 640 pieces; the second to the model in use, which knows
// about a hundred thousand. A name that was rare in the text is spelled out.
const cut = lab.step("Two tokenizers", async ({ params, tokens }) => {
  await tokens(params.sentence, "tiny-base");
  await tokens(params.sentence);
});

// This is how the pieces are found: *byte-pair encoding*. Begin with single
// letters. Join the pair that stands side by side most often. Again, and again.
// Soon there are syllables, then words.
const learn = lab.step<{ first: string }>(
  "Learning the pieces",
  async ({ params, table, show, tell }) => {
    const letters = trainTokenizer([params.sample], 0);
    const size = letters.size + params.merges;
    const tokenizer = trainTokenizer([params.sample], size);

    const { merges, firstMerge } = tokenizer.vocabulary;
    const name = (id: number) => tokenizer.name(id).replace(" ", "·");
    await table(
      "Joined, in this order",
      ["left", "right", "new token"],
      merges.map(([left, right], at) => [
        name(left),
        name(right),
        name(firstMerge + at),
      ]),
    );
    const ids = tokenizer.encode(params.sample);
    await show("Letters", params.sample.length);
    await show("Tokens", ids.length);
    if (merges[0]) await tell({ first: merges[0].map(name).join(" ") });
  },
);

const PAIRS = ["a t", "t h", "h e", "c a"] as const;

export default lab.steps(
  cut,
  learn.predict({
    question: "Which pair of letters will be joined first?",
    choices: [...PAIRS, "another pair"],
    judge: ({ facts }) =>
      PAIRS.find((pair) => pair === facts.first) ?? "another pair",
    why: ({ facts }) =>
      `"${facts.first}" stands side by side most often in the sample.`,
  }),
);
