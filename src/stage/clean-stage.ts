import { cleanAll } from "../clean.ts";
import type { Answer, Question, Stage } from "./port.ts";

/** A stage for people: nothing that it is given makes a terminal obey, whoever wrote it. */
export function cleanStage(inner: Stage): Stage {
  return {
    interactive: inner.interactive,
    wantsTokens: inner.wantsTokens,
    emit: (event) => inner.emit(cleanAll(event)),
    async ask(question) {
      const shown = cleanAll(question);
      return meant(await inner.ask(shown), shown, question);
    },
    close: () => inner.close(),
  };
}

/** The choice that was meant, as the question had it. */
function meant(answer: Answer, shown: Question, asked: Question): Answer {
  if (answer.value === null || shown.kind !== "choice" || asked.kind !== "choice") return answer;
  const value = asked.choices[shown.choices.indexOf(answer.value)] ?? answer.value;
  return { ...answer, value };
}
