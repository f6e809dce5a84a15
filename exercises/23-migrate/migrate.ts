// Exercise 23: migrate
//
// A public library's chat is written with LangChain's classic chains. It works, but readers
// look at an empty page until the whole reply is there. First the question is translated; then
// the desk answers, with the last two exchanges in its prompt. The prompts were tested for
// months: they must not change by a letter.
//
// Write `answer` in LCEL, without @langchain/classic. It must send the same prompts, hand each
// piece of the desk's reply to `show` as soon as it comes, and return the whole reply.
import { ConversationChain, LLMChain } from "@langchain/classic/chains";
import { BufferWindowMemory } from "@langchain/classic/memory";
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

const memory = new BufferWindowMemory({ k: 2 });

export async function answer({ model, question, show }: Given) {
  const translate = new LLMChain({ llm: model, prompt: TRANSLATE });
  const desk = new ConversationChain({ llm: model, prompt: DESK, memory });

  const { text } = await translate.invoke({ question });
  const { response } = await desk.invoke({ input: text });
  show(response);
  return response;
}
