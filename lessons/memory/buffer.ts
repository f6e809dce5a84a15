import { ConversationChain } from "@langchain/classic/chains";
import { BufferMemory } from "@langchain/classic/memory";
import { section, text } from "../../src/lab.ts";

// The plainest memory keeps the whole conversation. LangChain calls it
// *BufferMemory* (ConversationBufferMemory in Python). A *ConversationChain* puts
// the memory's text into a *prompt template*, which is a text with gaps, calls
// the model, and stores your message and the reply: one *exchange*. More:
// `llm-lab help buffer-memory`.
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

// Three *turns* of a conversation: three messages of yours, each with its reply.
// Watch how many tokens each prompt has. A *token* is the piece of text that models
// read and write, and that providers charge for; 100 English words take about 122.
const grows = lab.step("The prompt grows", async ({ chat, params, look }) => {
  const memory = new BufferMemory();
  const conversation = new ConversationChain({ llm: chat(), memory });

  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
  await conversation.invoke({ input: params.question });
  await conversation.invoke({ input: "What is my name?" });

  await look(memory);
  return conversation;
});

// The memory hands the chain one variable, `history`: a plain text in which each
// line begins with Human or AI. The chain's template has a gap of that name, and
// the chain pastes the text into it.
const holds = lab.step("What it holds", async ({ chat, params, show }) => {
  const memory = new BufferMemory();
  const conversation = new ConversationChain({ llm: chat(), memory });
  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });

  await show("The variables", await memory.loadMemoryVariables({}));
  await show("The messages", await memory.chatHistory.getMessages());
  await show("The prompt has gaps for", conversation.prompt.inputVariables);
  return conversation;
});

// `saveContext` stores an exchange without calling a model. Here it stores two
// that never happened, and then the chain makes a call.
const byHand = lab.step(
  "Written, never said",
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
    await look(memory, "What was written");

    const conversation = new ConversationChain({ llm: chat(), memory });
    await conversation.invoke({ input: "What is my name?" });
    return conversation;
  },
);

const carries = (prompt: string | undefined, name: string) =>
  prompt?.includes(`my name is ${name}.`) ?? false;

export default lab.steps(
  grows
    .predict({
      question: "Three turns: how many of the three prompts carry the name?",
      choices: [1, 2, 3],
      judge: ({ prompts, params }) =>
        prompts.filter((prompt) => carries(prompt, params.name)).length,
      why:
        "Each prompt carries all lines before it, and the name is in the first. " +
        "So each prompt is longer than the one before, and the tokens of all " +
        "prompts together grow with the square of the number of turns.",
    })
    .expect("all three prompts carry the name", 3),
  holds,
  byHand
    .predict({
      question: "No call has told the model the name. Will it know it?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        carries(prompts.at(-1), params.name) ? "yes" : "no",
      why:
        "The prompt says the name. The model cannot tell lines that were written " +
        "by hand from lines of a real conversation. Programs that restore a " +
        "conversation work in this way, and so do tests.",
    })
    .expect("lines that were only written are sent too", "yes"),
);
