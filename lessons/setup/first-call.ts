import { section, text } from "../../src/lab.ts";

// This is a workbook. Each *step* has a few words, the code that will run, and
// then what really happened. You need no account and no network: a small model
// of rules answers, the *tutor*, through the same LangChain classes that talk
// to a real one.
const lab = section({
  title: "A first call, and how to read the screen",
  params: {
    prompt: text({
      default: "Hi, my name is Ada. What is 17 times 23?",
      help: "what is sent to the model",
    }),
  },
});

// A *call* sends one *prompt* and gets one reply. Below the code you see both:
// the prompt beside a bar, as it went over the wire, and the reply beside »,
// then what it took. Press e to change the prompt, a to run the step again.
const call = lab.step("One prompt, one reply", async ({ chat, params }) => {
  const model = chat();

  await model.invoke(params.prompt);

  return (input) => model.invoke(input);
});

// The *role* says who speaks. A *system* message tells the model how to behave, a
// *user* message asks, an *assistant* message is what the model said before. All
// of them together are the prompt; there is nothing else.
const roles = lab.step("Three roles", async ({ chat, params }) => {
  await chat().invoke([
    { role: "system", content: "You are a patient teacher." },
    { role: "user", content: "I keep bees." },
    { role: "assistant", content: "How nice!" },
    { role: "user", content: params.prompt },
  ]);
});

// A model writes its reply piece by piece. *Streaming* hands each piece on as it
// comes, so a reader need not wait for the last one.
const streams = lab.step("Streaming", async ({ chat, params, show }) => {
  const pieces: string[] = [];
  for await (const piece of await chat().stream(params.prompt)) {
    if (piece.content !== "") pieces.push(String(piece.content));
  }
  await show("The pieces, in order", pieces.join(" | "));
});

export default lab.steps(
  call,
  roles.predict({
    question: "How many messages will the prompt have?",
    choices: [1, 2, 4],
    judge: ({ messages }) => messages[0]?.length ?? 0,
    why: "Each line of the list is a message of its own, with its role.",
  }),
  streams,
);
