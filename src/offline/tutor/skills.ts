import type { TextMessage } from "../protocol.ts";
import { readRequest } from "./request.ts";
import type { Answer, Extras, Skill, TutorRequest } from "./skill.ts";
import { aboutConversation } from "./skills/about-conversation.ts";
import { aboutTutor } from "./skills/about-tutor.ts";
import { arithmetic } from "./skills/arithmetic.ts";
import { companyDescription } from "./skills/company-description.ts";
import { companyName } from "./skills/company-name.ts";
import { courseQuestion } from "./skills/course-question.ts";
import { courseTerm } from "./skills/course-term.ts";
import { definition } from "./skills/definition.ts";
import { emptyMessage } from "./skills/empty-message.ts";
import { followUp } from "./skills/follow-up.ts";
import { generalKnowledge } from "./skills/general-knowledge.ts";
import { givenContext } from "./skills/given-context.ts";
import { jsonObject } from "./skills/json-object.ts";
import { judge } from "./skills/judge.ts";
import { looselyRelated } from "./skills/loosely-related.ts";
import { nearPassages } from "./skills/near-passages.ts";
import { notTold } from "./skills/not-told.ts";
import { numbers } from "./skills/numbers.ts";
import { otherLanguage } from "./skills/other-language.ts";
import { outOfReach } from "./skills/out-of-reach.ts";
import { recall } from "./skills/recall.ts";
import { refusals } from "./skills/refusals.ts";
import { relatedMessages } from "./skills/related-messages.ts";
import { restyle } from "./skills/restyle.ts";
import { route } from "./skills/route.ts";
import { schemaInPrompt } from "./skills/schema-in-prompt.ts";
import { severalParts } from "./skills/several-parts.ts";
import { smalltalk } from "./skills/smalltalk.ts";
import { structuredOutput } from "./skills/structured-output.ts";
import { summarise } from "./skills/summarise.ts";
import { tellLanguage } from "./skills/tell-language.ts";
import { toolResults } from "./skills/tool-results.ts";
import { translate } from "./skills/translate.ts";
import { useTool } from "./skills/use-tool.ts";
import { wordProblem } from "./skills/word-problem.ts";

/** All that the tutor can do, in the order in which it is tried. */
export const SKILLS: readonly Skill[] = [
  // A verdict comes in any form, and what is judged may ask for anything.
  judge,
  // What the request itself asks for, before what its words ask for.
  useTool,
  structuredOutput,
  jsonObject,
  toolResults,
  // Before the tasks, so that a context cannot set one.
  givenContext,
  // Tasks, known by the form of their prompt.
  schemaInPrompt,
  restyle,
  route,
  companyName,
  companyDescription,
  followUp,
  translate,
  tellLanguage,
  summarise,
  // Conversation, a line at a time.
  emptyMessage,
  otherLanguage,
  arithmetic,
  numbers,
  definition,
  wordProblem,
  severalParts,
  refusals,
  aboutTutor,
  aboutConversation,
  courseTerm,
  recall,
  relatedMessages,
  generalKnowledge,
  courseQuestion,
  looselyRelated,
  nearPassages,
  notTold,
  smalltalk,
  outOfReach,
];

/**
 * The tutor: a small model made of rules.
 *
 * It reads the messages of one request and nothing else, so it remembers what is sent again and
 * forgets what is not. The same messages get the same reply.
 */
export async function respond(
  messages: readonly TextMessage[],
  extras: Extras = {},
): Promise<Answer> {
  return (await firstAnswer(readRequest(messages, extras, answerInWords))).answer;
}

/** The answer of the first skill that has one, and that skill. */
export async function firstAnswer(
  request: TutorRequest,
): Promise<{ skill: Skill; answer: Answer }> {
  for (const skill of SKILLS) {
    const answer = await skill.answer(request);
    if (answer !== undefined) return { skill, answer };
  }
  throw new Error("the last skill has an answer to everything");
}

async function answerInWords(request: TutorRequest): Promise<string> {
  const { answer } = await firstAnswer(request);
  return typeof answer === "string" ? answer : "";
}
