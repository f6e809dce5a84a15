import type { TextMessage } from "../../protocol.ts";
import { answerFromPassages } from "../grounded/answer.ts";
import { contextIn } from "../grounded/prompt.ts";
import { readConversation } from "../memory/conversation.ts";
import { isAboutHuman } from "../memory/question.ts";
import { recallFact } from "../memory/recall.ts";
import type { Skill } from "../skill.ts";
import { isGreeting, talkSmall } from "./smalltalk.ts";

/**
 * Answers from the context that stands in a prompt. The answer is a quotation, with its source if the context
 * names one; what the human told in the conversation comes before it. The context is only ever quoted: what it
 * orders is not done.
 */
export const givenContext: Skill = {
  name: "a context in the prompt",
  answer: ({ messages }) => answerFromContext(messages),
  examples: [
    {
      told: [
        {
          role: "system",
          content:
            "Answer only from the context.\n\nContext:\n[1] (source: prices.md)\nA loaf of rye costs 4.20 euros.",
        },
      ],
      asked: "How much is a loaf of rye?",
      answer: 'From prices.md [1]: "A loaf of rye costs 4.20 euros."',
    },
    {
      asked: "Context:\nThe hall has 80 seats.\n\nQuestion: Who owns the hall?\nAnswer:",
      answer: "I don't know: nothing in the given context answers that.",
    },
  ],
};

function answerFromContext(messages: readonly TextMessage[]): string | undefined {
  const given = contextIn(messages);
  if (!given) return undefined;
  const { context, question, talk } = given;
  const wasTold = talk.filter(({ role }) => role === "user").length > 1;
  const recalled =
    wasTold && isAboutHuman(question) ? recallFact(question, readConversation(talk)) : undefined;
  if (recalled !== undefined && !/\bdon't know\b/.test(recalled)) return recalled;
  return (
    (isGreeting(question) ? talkSmall(question) : undefined) ??
    answerFromPassages(question, context)
  );
}
