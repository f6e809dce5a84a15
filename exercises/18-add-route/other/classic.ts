import { LLMChain, MultiPromptChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

/** LangChain's classic router, with a default chain of our own. */
export async function answer({ model, question, policies }: Given) {
  const templateOf = (name: string) => `${policies[name]}\n\n{input}`;
  const promptNames = ["tickets", "luggage", "timetable", "pets"];
  const chain = MultiPromptChain.fromLLMAndPrompts(model, {
    promptNames,
    promptDescriptions: [
      "prices and refunds",
      "bags and bicycles",
      "departures and delays",
      "dogs, cats and other animals",
    ],
    promptTemplates: promptNames.map(templateOf),
    defaultChain: new LLMChain({
      llm: model,
      prompt: PromptTemplate.fromTemplate(templateOf("other")),
    }),
  });
  const { text } = await chain.invoke({ input: question });
  return text;
}
