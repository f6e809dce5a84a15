import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: { source: string; text: string }[];
  question: string;
}

interface Answer {
  text: string;
  sources: string[];
}

export async function answer({
  model,
  passages,
  question,
}: Given): Promise<Answer> {
  // Whoever writes a passage can write marks. Without a "<" there is no mark, so that nothing
  // has to be recognised and taken out, which somebody always finds a way around. A model may
  // still obey what it reads: the marks are a help, and no wall.
  const context = passages
    .map(({ text }, at) => {
      const quoted = text.replaceAll("<", "&lt;");
      return `<passage id="${at + 1}">${quoted}</passage>`;
    })
    .join("\n");
  const reply = await model.invoke([
    ["system", "Answer from the passages and name them, such as [1]."],
    ["user", `${context}\n\n${question}`],
  ]);

  // A number that the model has made up looks like proof, so it must not reach a reader.
  const named = new Set<string>();
  const text = reply.text.replace(/ ?\[(\d+)\]/g, (mark, number) => {
    const passage = passages[Number(number) - 1];
    if (passage) named.add(passage.source);
    return passage ? mark : "";
  });
  return { text, sources: [...named] };
}
