import { JsonOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnablePassthrough } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

/** A chain of runnables, whose model replies with JSON because the prompt says so. */
export async function answer({ model, question, policies }: Given) {
  const choose = ChatPromptTemplate.fromTemplate(
    'Reply with JSON: {{"route": "…"}}. One of tickets, luggage, timetable, pets, other.\n{question}',
  )
    .pipe(model)
    .pipe(new JsonOutputParser<{ route: string }>());
  const chain = RunnablePassthrough.assign({ choice: choose })
    .pipe(
      ({
        choice,
        question,
      }: {
        choice: { route: string };
        question?: string;
      }) => ({
        policy: policies[choice.route] ?? policies.other,
        question,
      }),
    )
    .pipe(ChatPromptTemplate.fromTemplate("{policy}\n\n{question}"))
    .pipe(model);
  return (await chain.invoke({ question })).text;
}
