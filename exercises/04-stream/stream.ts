// Exercise 4: piece by piece
//
// A museum's guide answers visitors on a screen. A long reply takes ten seconds to write, and
// below nothing is shown until its last word is there: half of the visitors have walked on.
//
// Call `show` with each piece of the reply, as text, as soon as it comes. Send one request,
// and return the whole reply's text in the end, which the museum keeps.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  const reply = await model.invoke(question);
  show(String(reply.content));
  return String(reply.content);
}
