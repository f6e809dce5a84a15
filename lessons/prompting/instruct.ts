import { answerTo, section, text } from "../../src/lab.ts";

// An *instruction-tuned model* is a base model that was trained a little further,
// on examples in which an answer follows a question. See
// `llm-lab help instruction-tuning`.
const lab = section({
  title: "An instruction-tuned model",
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

// You ask the same question of the base model, of the model that was tuned from
// it, and of the chat model in use.
const same = lab.step<{ base: boolean; tuned: boolean }>(
  "The same question to three models",
  async ({ complete, chat, params, table, tell }) => {
    const { question } = params;
    const tiny = (model: string) => complete({ model, maxTokens: 24 });
    const base = (await tiny("tiny-base").invoke(question)).trim();
    const tuned = (await tiny("tiny-instruct").invoke(question)).trim();

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
    return (input) => tiny("tiny-instruct").invoke(input);
  },
);

// This question has no answer. Tuning has taught the model to answer, so it
// invents one: a *hallucination*. Large models do this too. A model must be taught
// to say "I don't know", and that is hard to teach well. See
// `llm-lab help hallucination`.
const invents = lab.step(
  "What it does not know",
  async ({ complete, params, show }) => {
    const { unknown } = params;
    const llm = complete({ model: "tiny-instruct", maxTokens: 24 });
    const answer = await llm.invoke(unknown);
    await show(unknown, answer.trim());
    return (input) => llm.invoke(input);
  },
);

export default lab.steps(
  same.predict({
    question:
      "Which of the two tiny models will give the right answer? (They know capitals, languages, currencies, dishes and continents.)",
    choices: ["the base", "the tuned", "both", "neither"],
    judge: ({ facts: { base, tuned } }) => {
      if (base && tuned) return "both";
      if (!base && !tuned) return "neither";
      return base ? "the base" : "the tuned";
    },
    why: "Facts come from pre-training, and tuning adds hardly any; the habit of answering comes from tuning. The capital of France was not among the tuning examples.",
  }),
  invents,
);
