// Exercise 14: summarise late
//
// A clinic's chat writes its summary anew after each reply: every question costs two calls. Nor
// does the model see what was just said, but only what the summary makes of it.
//
// Send the last exchange word for word always, and at most ten earlier messages word for word.
// What is older goes into a summary, which is sent too. Have it written only when messages have
// to go, and then several at once: in twelve turns at most two hidden calls. What a patient told
// at the beginning must be known in all later prompts, from the messages or from the summary.
// `answer` is called with one question after the other, and returns the reply's text.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";

export async function answer({ model, question }: Given) {
  const reply = await model.invoke([
    ["system", `You answer for a clinic. So far: ${summary}`],
    ["user", question],
  ]);
  const said = `Patient: ${question}\nClinic: ${reply.text}`;
  const written = await model.invoke(
    `Write the summary anew, with allergies word for word.\n\nSo far: ${summary}\n\n${said}`,
  );
  summary = written.text;
  return reply.text;
}
