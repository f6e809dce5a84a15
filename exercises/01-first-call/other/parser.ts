import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatOpenAI } from "@langchain/openai";

const chain = new ChatOpenAI({ model: "offline-tutor" }).pipe(
  new StringOutputParser(),
);

export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  return chain.invoke([{ role: "user", content: question }]);
}
