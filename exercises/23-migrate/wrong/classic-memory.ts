// says: still imports @langchain/classic/memory
import { BufferWindowMemory } from "@langchain/classic/memory";
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

const memory = new BufferWindowMemory({ k: 2 });

export async function answer({ model, question, show }: Given) {
  const link = (prompt: PromptTemplate) =>
    prompt.pipe(model).pipe(new StringOutputParser());
  const input = await link(TRANSLATE).invoke({ question });
  const { history } = await memory.loadMemoryVariables({});
  let reply = "";
  for await (const piece of await link(DESK).stream({ history, input })) {
    show(piece);
    reply += piece;
  }
  await memory.saveContext({ input }, { output: reply });
  return reply;
}
