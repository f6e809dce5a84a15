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
    news: text({
      default: "Mia Brandt won the baking contest in Ulm yesterday.",
      maxLength: 300,
      help: "something that no model has read",
    }),
    asked: text({
      default: "Who won the baking contest in Ulm yesterday?",
      maxLength: 200,
      help: "a question about it",
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

// This question has no answer. None of the tuning examples says "I don't know", so
// the model writes something in the form of an answer, about whatever it finds
// likely: a *hallucination*. See whether it even keeps to the country that you asked
// about. Large models were tuned to decline too, and still invent at times. See
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

// A model has read nothing that happened after its *knowledge cutoff*, the date at
// which its text ends. The chat model gets a question about yesterday, alone and
// with the news in the prompt. To give it the text to answer from, and to allow "I
// don't know", is the best cure for hallucinations that a prompt has; it makes them
// rarer, not impossible. See `llm-lab help knowledge-cutoff`.
const cutoff = lab.step<{ alone: boolean; given: boolean }>(
  "After the knowledge cutoff",
  async ({ chat, params, table, tell }) => {
    const { news, asked } = params;
    const rule =
      "Answer from the context only. If it does not say, say you don't know.";
    const prompts = {
      alone: asked,
      given: `${rule}\n\nContext:\n${news}\n\nQuestion: ${asked}`,
    };
    const alone = await chat().invoke(prompts.alone);
    const given = await chat().invoke(prompts.given);
    await table(
      asked,
      ["prompt", "reply"],
      [
        ["the question alone", alone.text],
        ["with the news", given.text],
      ],
    );
    const has = (prompt: string) => prompt.includes(news);
    await tell({ alone: has(prompts.alone), given: has(prompts.given) });
  },
);

export default lab.steps(
  same
    .predict({
      question:
        "Which of the two tiny models will give the right answer? (They know capitals, languages, currencies, dishes and continents.)",
      choices: ["the base", "the tuned", "both", "neither"],
      judge: ({ facts: { base, tuned } }) => {
        if (base && tuned) return "both";
        if (!base && !tuned) return "neither";
        return base ? "the base" : "the tuned";
      },
      why: "Facts come from pre-training, and tuning adds hardly any; the habit of answering comes from tuning. The capital of France was not among the tuning examples.",
    })
    .expect("tuning teaches the habit of answering", "the tuned"),
  invents,
  cutoff
    .predict({
      question: ({ news }) =>
        `In which of the two can the model know that "${news}"?`,
      choices: ["alone", "with the news", "both", "neither"],
      judge: ({ facts: { alone, given } }) => {
        if (alone && given) return "both";
        if (!alone && !given) return "neither";
        return alone ? "alone" : "with the news";
      },
      why: "No model has read it, so it can only stand in the prompt. What a model says without it is a guess or a refusal (the offline tutor's rules refuse). Finding the text to put there is *retrieval*: the lesson vector-store.",
    })
    .expect("the news can be known only from the prompt", "with the news"),
);
