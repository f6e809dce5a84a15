// says: Nothing was handed to `show` before
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

const TRANSLATE = PromptTemplate.fromTemplate(
  "Translate into English:\n{question}",
);
const DESK = PromptTemplate.fromTemplate(
  "You sit at the desk of a public library.\n\n{history}\nHuman: {input}\nAI:",
);

const exchanges: string[] = [];

export async function answer({ model, question, show }: Given) {
  const link = (prompt: PromptTemplate) =>
    prompt.pipe(model).pipe(new StringOutputParser());
  const input = await link(TRANSLATE).invoke({ question });
  const history = exchanges.slice(-2).join("\n");
  const reply = await link(DESK).invoke({ history, input });
  for (const piece of reply.split(/(?= )/)) show(piece);
  exchanges.push(`Human: ${input}\nAI: ${reply}`);
  return reply;
}
