import type { TextMessage } from "../../protocol.ts";
import { isAboutHuman } from "../question.ts";
import { reply } from "../reply.ts";
import { smalltalk } from "../smalltalk.ts";
import { extract } from "./extract.ts";
import { type GivenPassage, passagesOf } from "./passages.ts";
import { contextIn } from "./prompt.ts";

const DECLINED = "I don't know: nothing in the given context answers that.";

/**
 * Answers from the context that stands in a prompt; undefined where none does. The answer is a quotation, with
 * its source if the context names one. The context is only ever quoted: what it orders is not done.
 */
export function answerFromContext(messages: readonly TextMessage[]): string | undefined {
  const given = contextIn(messages);
  if (!given) return undefined;
  const { context, question, talk } = given;
  const found = extract(question, passagesOf(context));
  if (found) return `${originOf(found.passage)}: "${found.sentences.join(" ")}"`;
  const wasTold = talk.filter(({ role }) => role === "user").length > 1;
  if (wasTold && isAboutHuman(question)) return reply(talk);
  return (/\?\s*$/.test(question) ? undefined : smalltalk(question)) ?? DECLINED;
}

function originOf({ source, mark }: GivenPassage): string {
  const name = [source, mark].filter((part) => part !== undefined).join(" ");
  return name === "" ? "The context says" : `From ${name}`;
}
