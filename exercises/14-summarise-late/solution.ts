import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

const MOST = 10;
const KEPT = 2;

let summary = "";
let messages: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, question }: Given) {
  const reply = await model.invoke([
    { role: "system", content: `You answer for a clinic. So far: ${summary}` },
    ...messages,
    { role: "user", content: question },
  ]);
  messages.push(
    { role: "user", content: question },
    { role: "assistant", content: reply.text },
  );
  // Two limits, not one: with a single limit each turn is over it again, and pays for a summary.
  // From ten messages down to two there is room for four turns that cost one call each.
  if (messages.length >= MOST) {
    const old = messages.slice(0, -KEPT);
    const lines = old.map(({ role, content }) => `${role}: ${content}`);
    const written = await model.invoke(
      `Write the summary anew, with allergies word for word.\n\nSo far: ${summary}\n\n${lines.join("\n")}`,
    );
    summary = written.text;
    messages = messages.slice(-KEPT);
  }
  return reply.text;
}
