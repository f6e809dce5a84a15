import { ConversationChain } from "@langchain/classic/chains";
import { BufferWindowMemory } from "@langchain/classic/memory";
import { integer, section, text } from "../../src/lab.ts";

// A buffer grows without end, and so does its price. The simplest cure is a
// *window*: send only the last k exchanges, an exchange being one message of
// yours and the reply to it. LangChain calls it *BufferWindowMemory*.
const lab = section({
  title: "A window over the last k exchanges",
  params: {
    k: integer({
      default: 1,
      min: 1,
      max: 20,
      help: "how many exchanges are sent again",
    }),
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
  },
});

// The same three turns as before. The model is as clever as it was; look at
// the last prompt to see what it is told. Then press e, set k to 3, and run
// it again: same code, another answer.
const forgets = lab.step("What falls out", async ({ chat, params, look }) => {
  const memory = new BufferWindowMemory({ k: params.k });
  const conversation = new ConversationChain({ llm: chat(), memory });

  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
  await conversation.invoke({ input: "What is 1+1?" });
  await conversation.invoke({ input: "What is my name?" });

  await look(memory);
  return conversation;
});

// The window limits what is *sent*, not what is *stored*. All messages stay in
// the chat history, which is what you save to disk, and only the view of it is
// narrow. A wider window would find the old lines still there.
const stored = lab.step(
  "Stored against sent",
  async ({ params, look, table }) => {
    const memory = new BufferWindowMemory({ k: params.k });
    await memory.saveContext(
      { input: `I'm ${params.name}.` },
      { output: "Hello!" },
    );
    await memory.saveContext(
      { input: "I have a cat." },
      { output: "How nice." },
    );
    await memory.saveContext(
      { input: "It purrs." },
      { output: "It likes you." },
    );

    await look(memory, `The view through a window of ${params.k}`);
    const messages = await memory.chatHistory.getMessages();
    await table(
      "What is stored all the same",
      ["role", "content"],
      messages.map((message) => [message.getType(), String(message.content)]),
    );
  },
);

// A trap. A window of nothing should send nothing. LangChain.js takes the last
// 2k messages with `slice(-2 * k)`; for k = 0 that is `slice(-0)`, and minus
// zero is zero: the slice starts at the beginning.
const zero = lab.step<{ sent: number | null }>(
  "The trap of k = 0",
  async ({ params, look, tell }) => {
    const memory = new BufferWindowMemory({ k: 0 });
    await memory.saveContext(
      { input: `I'm ${params.name}.` },
      { output: "Hello!" },
    );
    await memory.saveContext(
      { input: "I have a cat." },
      { output: "How nice." },
    );

    const { sent } = await look(memory, "What a window of 0 sends");
    await tell({ sent });
  },
);

export default lab.steps(
  forgets.predict({
    question: "Will it still know the name?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      prompts.at(-1)?.includes(`my name is ${params.name}.`) ? "yes" : "no",
    why: ({ params: { k } }) =>
      `The name is two exchanges back, and the window is ${k} wide.`,
  }),
  stored,
  zero.predict({
    question: "What does a window of 0 send?",
    choices: ["nothing", "everything"],
    judge: ({ facts }) => (facts.sent === 0 ? "nothing" : "everything"),
    why: ({ facts }) => `It sends ${facts.sent} of 4 messages.`,
  }),
);
