import { HumanMessage } from "@langchain/core/messages";
import { section, text } from "../../src/lab.ts";

// A *chat model* turns a *prompt*, the text that it is sent, into a *reply*. Your
// program makes one *call* to it for each message of a conversation. This
// section shows what the model knows of the calls before.
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
// asks for it. Below you see each call with its prompt and its reply. A `+` marks
// lines that the prompt before did not have. The token counts are higher than
// the words, because each message is wrapped in a few tokens that say its role.
const forgets = lab.step("Two calls", async ({ chat, params }) => {
  const model = chat();

  await model.invoke(`Hi, my name is ${params.name}.`);
  await model.invoke("What is my name?");
});

// Now your program sends more with the second call: your first message, the
// reply to it, and then the question. Afterwards press o to say something of
// your own: it goes to what the panel's last line, `return`, gives back.
const resent = lab.step("Sent again", async ({ chat, params }) => {
  const model = chat();
  const hello = new HumanMessage(`Hi, my name is ${params.name}.`);
  const reply = await model.invoke([hello]);

  const question = new HumanMessage("What is my name?");
  await model.invoke([hello, reply, question]);

  return (input) => model.invoke([hello, reply, new HumanMessage(input)]);
});

export default lab.steps(
  forgets.predict({
    question: "Will the second call know the name?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      prompts[1]?.includes(`my name is ${params.name}.`) ? "yes" : "no",
    why:
      "The model keeps nothing between two calls. It knows what its own prompt " +
      "says, and the second prompt does not say the name.",
  }),
  resent.predict({
    question: "Will the second call know the name now?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      prompts[1]?.includes(`my name is ${params.name}.`) ? "yes" : "no",
    why:
      "Your program sent the name again. That is all that memory is; the rest " +
      "of this lesson is about which lines to send again.",
  }),
);
