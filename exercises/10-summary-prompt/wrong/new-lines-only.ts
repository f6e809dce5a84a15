// says: the summary so far is not in the prompt that writes the next one
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";

export async function answer({ model, question }: Given) {
  const reply = await model.invoke(`${summary}\n\nCustomer: ${question}`);
  const said = `Customer: ${question}\nShop: ${reply.text}`;
  const written = await model.invoke(
    `Summarise this talk, with all order numbers word for word:\n${said}`,
  );
  summary = written.text;
  return reply.text;
}
