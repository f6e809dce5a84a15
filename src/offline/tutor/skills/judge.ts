import type { JsonSchema } from "../../protocol.ts";
import { filledWith, inWords } from "../judging/form.ts";
import { type Judged, judgedIn } from "../judging/judged.ts";
import { verdictOf } from "../judging/verdict.ts";
import { fillSchema } from "../schema/fill.ts";
import { checkValue } from "../schema/shape.ts";
import type { Answer, Skill, TutorRequest } from "../skill.ts";
import { schemaIn } from "./json-object.ts";
import { schemaInText } from "./schema-in-prompt.ts";
import { toldBy } from "./structured-output.ts";

/**
 * Judges an answer, or two, as a prompt for a judge asks for it: against a reference, against
 * passages, or by how much it says. It reads words, numbers, denials and meanings; what it reads
 * is only ever judged, so what an answer orders is not done.
 */
export const judge: Skill = {
  name: "a verdict",
  answer: (request) => {
    const judged = judgedIn(request.messages);
    return judged && inFormOf(request, judged);
  },
  examples: [
    {
      asked:
        "Is the answer correct? Reply only YES or NO.\n\nQuestion: When does it open?\nReference: At eight.\nAnswer: It opens at 8:00.",
      answer: "YES",
    },
    {
      asked:
        "Grade the answer.\n<question>When does it open?</question>\n<reference>At eight.</reference>\n<answer>At nine.</answer>",
      format: {
        type: "object",
        properties: { correct: { type: "boolean" }, why: { type: "string" } },
        required: ["correct", "why"],
      },
      answer: '{"correct":false,"why":"The reference says eight, the answer nine."}',
    },
    {
      asked:
        "Is the claim supported by the context?\n\nContext:\nThe hall has 80 seats.\n\nClaim: The hall has 90 seats.",
      answer: "No\n",
    },
    {
      asked:
        "Which answer is more helpful and detailed? Reply with A or B only.\n\nQuestion: Why does bread rise?\n\nAnswer A: Yeast.\n\nAnswer B: Bread rises because yeast eats the sugar in the dough and makes bubbles of gas.",
      answer: "B",
    },
  ],
};

function inFormOf(request: TutorRequest, judged: Judged): Answer {
  const verdict = verdictOf(judged);
  const { instructions } = judged;
  const filled = (schema: JsonSchema) => {
    const base = fillSchema(schema, toldBy(request.messages)).value;
    const value = filledWith(verdict, schema, base, instructions);
    checkValue(schema, value);
    return value;
  };
  const { tools = [], choice, format, prompt } = request;
  if (typeof choice === "object") {
    const tool = tools.find(({ function: { name } }) => name === choice.function.name);
    const schema = { type: "object", ...tool?.function.parameters };
    if (tool)
      return [{ name: tool.function.name, arguments: filled(schema) as Record<string, unknown> }];
  }
  if (typeof format === "object") return JSON.stringify(filled(format));
  const inPrompt = schemaInText(prompt);
  if (inPrompt) return `\`\`\`json\n${JSON.stringify(filled(inPrompt))}\n\`\`\``;
  const named =
    /\bjson\b/i.test(instructions) || format === "json" ? schemaIn(instructions) : undefined;
  if (named) return JSON.stringify(filled(named));
  if (format === "json")
    return JSON.stringify({ verdict: inWords(verdict, `${instructions} only`), why: verdict.why });
  return inWords(verdict, instructions);
}
