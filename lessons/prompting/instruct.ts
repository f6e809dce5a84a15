import { answerTo, section, text } from "../../src/lab.ts";

// An *instruction-tuned model* is a base model that was trained a little further,
// on examples in which an answer follows a question. It knows nothing new. It has
// learnt what is wanted when somebody asks.
const lab = section({
  title: "An instruction-tuned model answers",
  params: {
    question: text({
      default: "What is the capital of France?",
      maxLength: 200,
      help: "a question",
    }),
    unknown: text({
      default: "What is the capital of Atlantis?",
      maxLength: 200,
      help: "a question that has no answer",
    }),
  },
});

// The same question to the base model, to the one that was tuned from it, and to
// the chat model in use. The pair of this question and its answer was in no
// example: that France has Paris comes from pre-training, that one answers comes
// from tuning.
const same = lab.step<{ base: boolean; tuned: boolean }>(
  "The same question",
  async ({ complete, chat, params, table, tell }) => {
    const { question } = params;
    const ask = (model: string) =>
      complete({ model, maxTokens: 24 }).invoke(question);
    const base = (await ask("tiny-base")).trim();
    const tuned = (await ask("tiny-instruct")).trim();

    const chatModel = chat();
    const { content } = await chatModel.invoke(question);
    const rows = [
      ["tiny-base", base],
      ["tiny-instruct", tuned],
      [chatModel.model, String(content)],
    ];
    await table(question, ["model", "text"], rows);
    const isRight = answerTo(question);
    if (isRight) await tell({ base: isRight(base), tuned: isRight(tuned) });
  },
);

// A question without an answer. Tuning has taught it to answer, and so it does,
// as surely as before: a *hallucination*. It is no fault of this tiny model
// alone. To say "I don't know" must be taught too, and is hard to teach well.
const invents = lab.step(
  "What it does not know",
  async ({ complete, params, show }) => {
    const { unknown } = params;
    const llm = complete({ model: "tiny-instruct", maxTokens: 24 });
    const answer = await llm.invoke(unknown);
    await show(unknown, answer.trim());
  },
);

export default lab.steps(
  same.predict({
    question: "Which of the two tiny models will answer it rightly?",
    choices: ["the base", "the tuned", "both", "neither"],
    judge: ({ facts: { base, tuned } }) => {
      if (base && tuned) return "both";
      if (!base && !tuned) return "neither";
      return base ? "the base" : "the tuned";
    },
  }),
  invents,
);
