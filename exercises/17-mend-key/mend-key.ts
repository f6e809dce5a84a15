// Exercise 17: mend the key
//
// A shop answers reviews in the customer's language. One call translates the review, one
// summarises the translation, and one writes the answer from the summary and the review in
// the customer's own words. The last answers were odd: the model was asked about "undefined".
//
// Mend the chain, so that each prompt gets its values: the first the review, the second the
// translation, the third the summary and the review. Return the answer.
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableLambda, RunnablePassthrough } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

// biome-ignore lint/suspicious/noExplicitAny: these are the loose values that the task is about
type Values = any;

export async function reply({ model, review }: Given): Promise<string> {
  const link = (template: string, choose: (values: Values) => Values) =>
    RunnableLambda.from(choose)
      .pipe(PromptTemplate.fromTemplate(template))
      .pipe(model)
      .pipe(new StringOutputParser());

  const chain = RunnablePassthrough.assign({
    english: link("Translate into English:\n{text}", ({ review }) => ({
      text: review,
    })),
  })
    .pipe(
      RunnablePassthrough.assign({
        summary: link(
          "Summarise in a sentence:\n{text}",
          ({ translation }) => ({
            text: translation,
          }),
        ),
      }),
    )
    .pipe(
      link(
        "Review: {review}\nSummary: {summary}\nAnswer in the review's language.",
        ({ text, summary }) => ({ review: text, summary }),
      ),
    );
  return chain.invoke({ review });
}
