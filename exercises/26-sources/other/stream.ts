import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: { source: string; text: string }[];
  question: string;
}

/** Only a bracket that could begin a mark is changed. */
export async function answer({ model, passages, question }: Given) {
  const lines = passages.flatMap(({ text }, at) => [
    `<passage id="${at + 1}">`,
    text.replace(/<(?=\s*\/?\s*\w)/g, "\u2039"),
    "</passage>",
  ]);
  let reply = "";
  for await (const piece of await model.stream([...lines, question].join("\n")))
    reply += piece.text;

  const parts = reply.split(/(\[\d+\])/);
  const kept = parts.filter((part) => {
    const [, number] = /^\[(\d+)\]$/.exec(part) ?? [];
    return number === undefined || passages[Number(number) - 1] !== undefined;
  });
  const marks = kept.filter((part) => /^\[\d+\]$/.test(part));
  const sources = marks.map(
    (mark) => passages[Number(mark.slice(1, -1)) - 1]?.source,
  );
  return { text: kept.join(""), sources: [...new Set(sources)] };
}
