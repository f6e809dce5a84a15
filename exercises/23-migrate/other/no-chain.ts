import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

const said: { human: string; ai: string }[] = [];

export async function answer({ model, question, show }: Given) {
  const human = (await model.invoke(`Translate into English:\n${question}`))
    .text;
  const history = said
    .slice(-2)
    .map(({ human, ai }) => `Human: ${human}\nAI: ${ai}`)
    .join("\n");
  const prompt = `You sit at the desk of a public library.\n\n${history}\nHuman: ${human}\nAI:`;
  let ai = "";
  for await (const { text } of await model.stream(prompt)) {
    ai += text;
    show(text);
  }
  said.push({ human, ai });
  return ai;
}
