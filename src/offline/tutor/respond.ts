import type { TextMessage } from "../protocol.ts";
import { answerFromContext } from "./grounded/answer.ts";
import { reply } from "./reply.ts";
import { describeCompany, nameCompany } from "./tasks/company.ts";
import { followUp } from "./tasks/follow-up.ts";
import { tellLanguage } from "./tasks/language.ts";
import { restyle } from "./tasks/restyle.ts";
import { route } from "./tasks/route.ts";
import { type Schema, structured, structuredByInstruction } from "./tasks/structured.ts";
import { translate } from "./tasks/translate.ts";

/**
 * The tutor's answer to a request: an object where one of a given shape is asked for, else what the context in
 * the prompt says, if there is one, else the first of its tasks that the prompt sets, else its part of the conversation.
 */
export async function respond(messages: readonly TextMessage[], schema?: Schema): Promise<string> {
  if (schema) return structured(schema, messages);
  // First, so that a context cannot set a task.
  const grounded = answerFromContext(messages);
  if (grounded !== undefined) return grounded;
  const prompt = messages.findLast((message) => message.role === "user")?.content ?? "";
  for (const task of TASKS) {
    const done = await task(prompt);
    if (done !== undefined) return done;
  }
  return reply(messages);
}

const TASKS: ((prompt: string) => string | undefined | Promise<string | undefined>)[] = [
  structuredByInstruction,
  restyle,
  route,
  nameCompany,
  describeCompany,
  followUp,
  translate,
  tellLanguage,
];
