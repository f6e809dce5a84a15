import {
  integer,
  section,
  text,
  tokenizers,
  trainTokenizer,
} from "../../src/lab.ts";

// A language model does not see letters. It sees *tokens*: pieces of text, each with
// a number. Which pieces there are is learnt from text too, before the model is
// trained, and stays the same after that. The program that cuts text into them is
// the *tokenizer*. See `llm-lab help tokenizer`.
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
      maxLength: 400,
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

// Two tokenizers cut your sentence. The first belongs to the tiny model of this
// lesson and knows 640 pieces. The second belongs to the model in use; hosted chat
// models know 100,000 and more. A name that was rare in the text that a tokenizer
// learnt from comes out in several pieces. A list of whole words would have no
// entry for it, and single letters would make an English text several times as long.
const cut = lab.step("Two tokenizers", async ({ params, tokens }) => {
  await tokens(params.sentence, "tiny-base");
  await tokens(params.sentence);
});

// The pieces are found by *byte-pair encoding*. Training begins with single
// letters. It joins the pair that stands side by side most often into a new piece,
// and then the next pair. After a while there are syllables, then words. A dot in
// the table stands for a space. Your sample is the text that it learns from.
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

/** The pairs of letters that stand side by side most often, as they are named in the table. */
function pairsOf(sample: string): string[] {
  const letters = [...sample];
  const counts = new Map<string, number>();
  for (const [at, right] of letters.slice(1).entries()) {
    if (/\s/.test(right)) continue;
    const pair = `${letters[at]} ${right}`.replace(/^\s/, "·");
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const often = [...counts].sort(([, one], [, other]) => other - one);
  return often
    .slice(0, 4)
    .map(([pair]) => pair)
    .sort();
}

export default lab.steps(
  cut,
  learn
    .predict({
      question: ({ sample }) =>
        `Which pair of letters will be joined first in "${sample}"?`,
      choices: ({ sample }) => [...pairsOf(sample), "another pair"],
      judge: ({ facts, params }) =>
        pairsOf(params.sample).includes(facts.first)
          ? facts.first
          : "another pair",
      why: ({ facts }) =>
        `"${facts.first}" stands side by side most often in the sample.`,
    })
    .expect(
      "the pair that stands side by side most often is joined first",
      ({ facts, params }) => pairsOf(params.sample).includes(facts.first),
    ),
);
