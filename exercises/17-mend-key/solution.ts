import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableLambda, RunnablePassthrough } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

interface Values {
  review: string;
  english: string;
  summary: string;
}

export async function reply({ model, review }: Given): Promise<string> {
  // A key that was never set is not an error in JavaScript: it reads as undefined, and the
  // template writes that word. With `keyof Values`, TypeScript finds a wrong key before it runs.
  const link = (template: string, keys: (keyof Values)[]) =>
    RunnableLambda.from((values: Partial<Values>) =>
      Object.fromEntries(keys.map((key) => [key, values[key]])),
    )
      .pipe(PromptTemplate.fromTemplate(template))
      .pipe(model)
      .pipe(new StringOutputParser());

  const chain = RunnablePassthrough.assign({
    english: link("Translate into English:\n{review}", ["review"]),
  })
    .pipe(
      RunnablePassthrough.assign({
        summary: link("Summarise in a sentence:\n{english}", ["english"]),
      }),
    )
    .pipe(
      link(
        "Review: {review}\nSummary: {summary}\nAnswer in the review's language.",
        ["review", "summary"],
      ),
    );
  return chain.invoke({ review });
}
