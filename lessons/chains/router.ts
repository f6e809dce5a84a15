import { MultiPromptChain } from "@langchain/classic/chains";
import { section, text } from "../../src/lab.ts";

// A *router* is a chain whose model chooses the next link. It is sent the names
// and descriptions of the *destinations* and the question, and answers with a
// little JSON: which destination, and what to ask there.
const lab = section({
  title: "A router and its destinations",
  params: {
    question: text({
      default: "What is black body radiation?",
      help: "what is asked",
    }),
    destinations: text({
      default: "",
      help: "destinations of your own: cooking: recipes and kitchens; law: contracts",
    }),
  },
});

const SUBJECTS: Record<string, string> = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  "computer science": "Good for answering computer science questions",
};

// Two calls: the router's, then the destination's. Read the router's prompt: the
// descriptions are all that it knows of the destinations. What it answers is
// parsed, and its choice decides which template your question goes into.
const routes = lab.step("One question", async ({ chat, params, draw }) => {
  const subjects = { ...SUBJECTS, ...ownDestinations(params.destinations) };
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(subjects),
    promptDescriptions: Object.values(subjects),
    promptTemplates: Object.keys(subjects).map(professorOf),
  });

  await chain.invoke({ input: params.question });
  await draw(chain);
  return chain;
});

// A question for each destination. Which template each went into, you see in
// the second call of each pair.
const each = lab.step("A question for each", async ({ chat, show }) => {
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(SUBJECTS),
    promptDescriptions: Object.values(SUBJECTS),
    promptTemplates: Object.keys(SUBJECTS).map(professorOf),
  });
  for (const question of [
    "Why is the sky blue?",
    "What is 2 + 2?",
    "When did the French Revolution begin?",
    "What is recursion?",
  ]) {
    const { text } = await chain.invoke({ input: question });
    await show(question, text);
  }
});

// A question that fits none. The router says DEFAULT, and the *default chain*
// answers. It is a ConversationChain with a memory of its own, and that memory
// stays: look at what the second call to it carries along.
const none = lab.step("A question that fits none", async ({ chat, draw }) => {
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(SUBJECTS),
    promptDescriptions: Object.values(SUBJECTS),
    promptTemplates: Object.keys(SUBJECTS).map(professorOf),
  });

  await chain.invoke({ input: "My name is Ada and I like tulips." });
  await chain.invoke({ input: "What do I like?" });
  await draw(chain);
});

function professorOf(subject: string): string {
  return (
    `You are a very smart professor of ${subject}. You answer questions about ` +
    "it in a concise and easy to understand manner. When you don't know the " +
    "answer to a question you admit that you don't know.\n\n" +
    "Here is a question:\n{input}"
  );
}

/** "cooking: recipes; law: contracts" as names and descriptions. */
function ownDestinations(typed: string): Record<string, string> {
  const entries = typed.split(";").map((part) => part.split(":"));
  return Object.fromEntries(
    entries
      .filter(
        ([name, ...description]) =>
          name?.trim() && description.join("").trim(),
      )
      .map(([name, ...description]) => [
        name?.trim(),
        description.join(":").trim(),
      ]),
  );
}

export default lab.steps(
  routes.predict({
    question: "How many calls does one question take?",
    choices: [1, 2, 5],
    judge: (run) => run.calls.length,
  }),
  each,
  none.predict({
    question: "Will the second question know what was said in the first?",
    choices: ["yes", "no"],
    judge: (run) => (run.replies.at(-1)?.includes("tulips") ? "yes" : "no"),
  }),
);
