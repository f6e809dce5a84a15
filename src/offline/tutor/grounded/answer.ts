import { extract } from "./extract.ts";
import { type GivenPassage, passagesOf } from "./passages.ts";

const DECLINED = "I don't know: nothing in the given context answers that.";

/** The sentences of a context that answer a question, quoted; a plain refusal where none does. */
export function answerFromPassages(question: string, context: string): string {
  const found = extract(question, passagesOf(context));
  if (found) return `${originOf(found.passage)}: "${found.sentences.join(" ")}"`;
  return DECLINED;
}

function originOf({ source, mark }: GivenPassage): string {
  const name = [source, mark].filter((part) => part !== undefined).join(" ");
  return name === "" ? "The context says" : `From ${name}`;
}
