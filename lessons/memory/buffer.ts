import { ConversationChain } from "@langchain/classic/chains";
import { BufferMemory } from "@langchain/classic/memory";
import { section, text } from "../../src/lab.ts";

// The plainest memory keeps everything and sends everything. LangChain calls it
// *BufferMemory* (ConversationBufferMemory in Python). A *ConversationChain* puts
// the memory's text into a prompt template, calls the model, and stores the
// new exchange.
const lab = section({
  title: "A buffer keeps every line",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
    question: text({
      default: "What is 1+1?",
      help: "what you ask between giving the name and asking for it",
    }),
  },
});

// Watch the prompt grow: each turn sends all earlier turns again. A *token* is
// the piece of text that models read, write and charge for, about three
// quarters of an English word. So each turn costs more than the one before.
const grows = lab.step("The prompt grows", async ({ chat, params, look }) => {
  const memory = new BufferMemory();
  const conversation = new ConversationChain({ llm: chat(), memory });

  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
  await conversation.invoke({ input: params.question });
  await conversation.invoke({ input: "What is my name?" });

  await look(memory);
  return conversation;
});

// There is no magic store. The memory hands over one variable, `history`, a
// plain text with the prefixes Human and AI. The chain's prompt template has a
// gap of that name, and the text is pasted in.
const holds = lab.step("What it holds", async ({ chat, params, show }) => {
  const memory = new BufferMemory();
  const conversation = new ConversationChain({ llm: chat(), memory });
  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });

  await show("The variables", await memory.loadMemoryVariables({}));
  await show("The messages", await memory.chatHistory.getMessages());
  await show("The prompt has gaps for", conversation.prompt.inputVariables);
  return conversation;
});

// A memory needs no model at all. `saveContext` stores an exchange that never
// happened, and the chain cannot tell it from a real one. This is how tests,
// demos and restored sessions put words into a conversation.
const byHand = lab.step(
  "The same, by hand",
  async ({ chat, params, look }) => {
    const memory = new BufferMemory();
    await memory.saveContext(
      { input: `Hi, my name is ${params.name}.` },
      { output: "Hello! How can I help?" },
    );
    await memory.saveContext(
      { input: "Not much, just looking." },
      { output: "Cool." },
    );
    await look(memory, "Written, never said");

    const conversation = new ConversationChain({ llm: chat(), memory });
    await conversation.invoke({ input: "What is my name?" });
    return conversation;
  },
);

const carries = (prompt: string | undefined, name: string) =>
  prompt?.includes(`my name is ${name}.`) ?? false;

export default lab.steps(
  grows.predict({
    question: "Three turns: how many of the three prompts carry the name?",
    choices: [1, 2, 3],
    judge: ({ prompts, params }) =>
      prompts.filter((prompt) => carries(prompt, params.name)).length,
    why: "Every prompt carries all lines before it, and the name is in the first.",
  }),
  holds,
  byHand.predict({
    question: "Nobody ever told the model. Will it know?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      carries(prompts.at(-1), params.name) ? "yes" : "no",
    why: "The prompt says the name, whoever wrote it there.",
  }),
);
