import { ConversationChain } from "@langchain/classic/chains";
import { BufferWindowMemory } from "@langchain/classic/memory";
import { integer, section, text } from "../../src/lab.ts";

// A buffer grows with the conversation, and so does the price of a turn. A
// *window* sends only the last k exchanges; an exchange is one message of yours
// and the reply to it. LangChain calls it *BufferWindowMemory*. More:
// `llm-lab help window-memory`.
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

// The same three turns as with the buffer, through a window of k exchanges.
// Predict, then read the last prompt. Afterwards press e, set k to 3, and run
// the step again.
const forgets = lab.step("What falls out", async ({ chat, params, look }) => {
  const memory = new BufferWindowMemory({ k: params.k });
  const conversation = new ConversationChain({ llm: chat(), memory });

  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
  await conversation.invoke({ input: "What is 1+1?" });
  await conversation.invoke({ input: "What is my name?" });

  await look(memory);
  return conversation;
});

// The window limits what the chain *sends*, not what the memory *stores*. All
// messages stay in the chat history, which is what you would save to disk. A
// wider window would still find the old lines there.
const stored = lab.step(
  "What is stored and what is sent",
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

// k says how many exchanges are sent. Two are stored below, and k is 0.
const zero = lab.step<{ sent: number | null }>(
  "A window of k = 0",
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
  forgets
    .predict({
      question: "Will it still know the name?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        prompts.at(-1)?.includes(`my name is ${params.name}.`) ? "yes" : "no",
      why: ({ params: { k } }) =>
        "The model has not changed; its prompt has. The name is two exchanges " +
        `back, and a window of ${k} ${k < 2 ? "no longer sends" : "sends"} it.`,
    })
    .expect("the name falls out of a window of one exchange", "no"),
  stored,
  zero
    .predict({
      question: "What does a window of 0 send?",
      choices: ["nothing", "everything"],
      judge: ({ facts }) => (facts.sent === 0 ? "nothing" : "everything"),
      why: ({ facts }) =>
        `It sends ${facts.sent} of 4 messages. LangChain.js takes the last ones with ` +
        "`messages.slice(-2 * k)`, and `slice(-0)` is `slice(0)`, which starts at the " +
        "beginning (@langchain/classic 1.0.43).",
    })
    .expect("a window of 0 sends everything", "everything"),
);
