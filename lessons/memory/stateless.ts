import { HumanMessage } from "@langchain/core/messages";
import { section, text } from "../../src/lab.ts";

// A *chat model* turns a *prompt*, the text that it is sent, into a *reply*. Your
// program makes one *call* to it for each message of a conversation. This
// section shows what the model knows of the calls before. More:
// `llm-lab help stateless`.
const lab = section({
  title: "What a model knows of earlier calls",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
  },
});

// Two calls, one after the other: the first tells the model a name, the second
// asks for it. `chat()` makes the model: LangChain's `ChatOpenAI`, set to the model
// in use (`llm-lab code memory/stateless` writes it out). Below you see each call
// with its prompt and its reply.
const forgets = lab.step("Two calls", async ({ chat, params }) => {
  const model = chat();

  await model.invoke(`Hi, my name is ${params.name}.`);
  await model.invoke("What is my name?");
});

// The same two lines, but each call gets a list of messages. Read what the second
// one gets. Afterwards press o to say something of your own: it goes to the function
// that the last line of the code, `return`, gives back.
const resent = lab.step("Lists of messages", async ({ chat, params }) => {
  const model = chat();
  const hello = new HumanMessage(`Hi, my name is ${params.name}.`);
  const reply = await model.invoke([hello]);

  const question = new HumanMessage("What is my name?");
  await model.invoke([hello, reply, question]);

  return (input) => model.invoke([hello, reply, new HumanMessage(input)]);
});

export default lab.steps(
  forgets
    .predict({
      question: "Will the second call know the name?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        prompts[1]?.includes(`my name is ${params.name}.`) ? "yes" : "no",
      why:
        "The model keeps nothing between two calls. It knows what its own prompt " +
        "says, and the second prompt does not say the name.",
    })
    .expect("the second prompt does not say the name", "no"),
  resent
    .predict({
      question: "Will the second call know the name now?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        prompts[1]?.includes(`my name is ${params.name}.`) ? "yes" : "no",
      why:
        "Your program sent the name again, in your first message and in the reply. " +
        "That is all that memory is; this lesson is about which lines to send again. " +
        "Some providers keep the list for you, as OpenAI's Responses API can: their " +
        "server then sends it to the model again, and you pay for it again.",
    })
    .expect("a list that is sent again does", "yes"),
);
