import { section, text } from "../../src/lab.ts";

// This is a workbook. Each *step* shows a short text, the code that will run, and
// then what really happened. You need no account and no network: offline, a
// program of rules answers, the *tutor*. It is called through the same LangChain
// classes as a real model.
const lab = section({
  title: "A first call, and how to read the screen",
  params: {
    prompt: text({
      default: "Hi, my name is Ada. What is 17 times 23?",
      help: "what is sent to the model",
    }),
  },
});

// A *call* sends one *prompt* and gets one reply. Below the code you see both. In
// lessons, `chat()` makes the model: LangChain's `ChatOpenAI`, set to the model in
// use. `llm-lab code setup/first-call` writes it out as a program of your own.
// Press e to change the prompt, a to run it again.
const call = lab.step("One prompt, one reply", async ({ chat, params }) => {
  const model = chat();

  await model.invoke(params.prompt);

  return (input) => model.invoke(input);
});

// Each message has a *role*, which says who speaks. A *system* message tells the
// model how to behave, a *user* message asks, and an *assistant* message is what
// the model said before. The model sees nothing but these messages, joined into
// one text with marks of who speaks; how is laid down in its *chat template*. The
// marks take tokens too. See `llm-lab help message-roles`.
const roles = lab.step("Three roles", async ({ chat, params }) => {
  await chat().invoke([
    { role: "system", content: "You are a patient teacher." },
    { role: "user", content: "I keep bees." },
    { role: "assistant", content: "How nice!" },
    { role: "user", content: params.prompt },
  ]);
});

// A model writes its reply piece by piece. With *streaming*, your program gets each
// piece as soon as it is written, so a reader need not wait for the last one.
const streams = lab.step("Streaming", async ({ chat, params, show }) => {
  const pieces: string[] = [];
  for await (const piece of await chat().stream(params.prompt)) {
    if (piece.content !== "") pieces.push(String(piece.content));
  }
  await show("The pieces, in order", pieces.join(" | "));
});

export default lab.steps(
  call.expect(
    "the model gets what you asked, to the letter",
    ({ prompts, params }) => prompts[0] === params.prompt,
  ),
  roles
    .predict({
      question: "How many messages will the model be sent?",
      choices: [1, 2, 4],
      judge: ({ messages }) => messages[0]?.length ?? 0,
      why: "Each line of the list is a message of its own, with its role.",
    })
    .expect("each line of the list is a message of its own", 4),
  streams.expect("the reply comes in several pieces", ({ values }) =>
    String(values["The pieces, in order"]).includes(" | "),
  ),
);
