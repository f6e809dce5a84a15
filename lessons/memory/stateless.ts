import { HumanMessage } from "@langchain/core/messages";
import { section, text } from "../../src/lab.ts";

// A *chat model* turns one *prompt*, the text that it is sent, into one reply.
// Between two calls it keeps nothing. Whatever seems to be memory in an app is
// text that the app sends again.
const lab = section({
  title: "A chat model has no memory",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
  },
});

// Two calls, one after the other. The first tells a name, the second asks for
// it. Each box below is one call: the prompt that was sent and what came back.
const forgets = lab.step("Two calls", async ({ chat, params }) => {
  const model = chat();

  await model.invoke(`Hi, my name is ${params.name}.`);
  await model.invoke("What is my name?");
});

// Now the second call carries the first exchange too: your message, the reply,
// and only then the question. Nothing changed in the model. That is the whole
// trick; the rest of this lesson is about which lines to send again.
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
    why: "A call knows what its own prompt says. The second says no name.",
  }),
  resent.predict({
    question: "And now?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      prompts[1]?.includes(`my name is ${params.name}.`) ? "yes" : "no",
    why: "The name was sent again, as a part of the second prompt.",
  }),
);
