import { MultiPromptChain } from "@langchain/classic/chains";
import { LabError, section, text } from "../../src/lab.ts";

// A *router* is a chain whose model chooses who answers a question. The candidates
// are its *destinations*: each has a name, a description and a template of its
// own. More: `llm-lab help router-chain`.
const lab = section({
  title: "A router and its destinations",
  params: {
    question: text({
      default: "What is black body radiation?",
      help: "what is asked",
    }),
    destinations: text({
      default: "",
      help: "your own, as in cooking: recipes and kitchens; law: contracts",
    }),
  },
});

const SUBJECTS: Record<string, string> = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  "computer science": "Good for answering computer science questions",
};

// The list shows the names and descriptions. The router's prompt has the same lines,
// and they are all that its model knows of the destinations. What happens when the
// model errs, the section after this one shows.
const routes = lab.step("One question", async (context) => {
  const { chat, params, draw, show } = context;
  const subjects = { ...SUBJECTS, ...ownDestinations(params.destinations) };
  await show("The router chooses between", subjects);
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(subjects),
    promptDescriptions: Object.values(subjects).map(withoutGaps),
    promptTemplates: Object.keys(subjects).map(professorOf),
  });

  await chain.invoke({ input: params.question });
  await draw(chain);
  return chain;
});

// Four questions, one for each destination. The second call of each pair shows
// which template the question went into.
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

// Two messages that fit none of the destinations. The router's prompt asks its model
// to answer DEFAULT then. LangChain turns that into `destination = null`, and the
// *default chain* answers, which MultiPromptChain makes by itself.
const none = lab.step("Questions that fit none", async ({ chat, draw }) => {
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(SUBJECTS),
    promptDescriptions: Object.values(SUBJECTS),
    promptTemplates: Object.keys(SUBJECTS).map(professorOf),
  });

  await chain.invoke({ input: "My name is Ada and I like tulips." });
  await chain.invoke({ input: "What do I like?" });
  await draw(chain);
});

/** A text that is pasted into a template: doubled braces are plain braces, not gaps. */
function withoutGaps(text: string): string {
  return text.replaceAll("{", "{{").replaceAll("}", "}}");
}

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
  const parts = typed.split(";").filter((part) => part.trim() !== "");
  return Object.fromEntries(parts.map(destinationOf));
}

function destinationOf(part: string): [name: string, description: string] {
  const [name = "", ...rest] = part.split(":");
  const [id, description] = [name.trim(), rest.join(":").trim()];
  if (id === "" || description === "") {
    throw new LabError(
      `"${part.trim()}" is not a destination with a description`,
      "Write name: description, with a semicolon between two: cooking: recipes; law: contracts.",
    );
  }
  if (/[{}]/.test(id) || id in Object.prototype || /^default$/i.test(id)) {
    throw new LabError(
      `"${id}" cannot be the name of a destination`,
      "Take a word without braces. DEFAULT is the router's own word, and toString belongs to every object.",
    );
  }
  return [id, description];
}

export default lab.steps(
  routes
    .predict({
      question: "How many calls does one question take?",
      choices: [1, 2, 5],
      judge: ({ calls }) => calls.length,
      why:
        "One for the router, whose model answers with JSON: a destination, and what " +
        "to ask there. LangChain parses that, and fills the destination's template " +
        "for the second call. The other destinations are not asked.",
    })
    .expect("a question takes two calls", 2),
  each.expect(
    "so do four questions, eight in all",
    ({ calls }) => calls.length === 8,
  ),
  none
    .predict({
      question:
        "Will the last prompt carry the first message, about the tulips?",
      choices: ["yes", "no"],
      judge: ({ prompts }) =>
        prompts.at(-1)?.includes("tulips") ? "yes" : "no",
      why:
        "MultiPromptChain makes the default chain as a ConversationChain with a " +
        "memory, and keeps it from one question to the next. On a server, all users " +
        "would share it.",
    })
    .expect("the default chain remembers across questions", "yes"),
);
