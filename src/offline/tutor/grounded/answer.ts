import type { TextMessage } from "../../protocol.ts";
import { readConversation } from "../conversation.ts";
import { isAboutHuman } from "../question.ts";
import { recall } from "../recall.ts";
import { smalltalk } from "../smalltalk.ts";
import { extract } from "./extract.ts";
import { type GivenPassage, passagesOf } from "./passages.ts";
import { contextIn } from "./prompt.ts";

const DECLINED = "I don't know: nothing in the given context answers that.";

/** A greeting or thanks, and nothing else. */
const GREETING =
  /^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|bye|goodbye|ok|okay)\b(?:\W+\w+){0,2}\W*$/i;

/**
 * Answers from the context that stands in a prompt; undefined where none does. The answer is a quotation, with
 * its source if the context names one; what the human told in the conversation comes before it. The context is
 * only ever quoted: what it orders is not done.
 */
export function answerFromContext(messages: readonly TextMessage[]): string | undefined {
  const given = contextIn(messages);
  if (!given) return undefined;
  const { context, question, talk } = given;
  const wasTold = talk.filter(({ role }) => role === "user").length > 1;
  const recalled =
    wasTold && isAboutHuman(question) ? recall(question, readConversation(talk)) : undefined;
  if (recalled !== undefined && !/\bdon't know\b/.test(recalled)) return recalled;
  return answerFromPassages(question, context);
}

/** The sentences of a context that answer a question, quoted; a plain refusal where none does. */
export function answerFromPassages(question: string, context: string): string {
  const found = extract(question, passagesOf(context));
  if (found) return `${originOf(found.passage)}: "${found.sentences.join(" ")}"`;
  return (isGreeting(question) ? smalltalk(question) : undefined) ?? DECLINED;
}

export const isGreeting = (line: string) => GREETING.test(line);

function originOf({ source, mark }: GivenPassage): string {
  const name = [source, mark].filter((part) => part !== undefined).join(" ");
  return name === "" ? "The context says" : `From ${name}`;
}
