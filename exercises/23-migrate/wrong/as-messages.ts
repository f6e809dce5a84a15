// says: Prompt 2 has the roles system, user
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

type Line = [role: "user" | "assistant", text: string];

const lines: Line[] = [];

export async function answer({ model, question, show }: Given) {
  const { text: input } = await model.invoke(
    `Translate into English:\n${question}`,
  );
  let reply = "";
  for await (const { text } of await model.stream([
    ["system", "You sit at the desk of a public library."],
    ...lines.slice(-4),
    ["user", input],
  ])) {
    show(text);
    reply += text;
  }
  lines.push(["user", input], ["assistant", reply]);
  return reply;
}
