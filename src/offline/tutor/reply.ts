import type { TextMessage } from "../protocol.ts";
import { arithmetic } from "./arithmetic.ts";
import { type Conversation, readConversation } from "./conversation.ts";
import { isQuestion, isRequest } from "./facts.ts";
import { define } from "./glossary.ts";
import { recall } from "./recall.ts";
import { smalltalk } from "./smalltalk.ts";
import { summarise } from "./summarise.ts";
import { lookUp } from "./tasks/encyclopedia.ts";
import { sentencesOf } from "./words.ts";

/**
 * The tutor: a small model made of rules.
 *
 * It reads the messages of one request and nothing else, so it remembers what is sent again and
 * forgets what is not. The same messages get the same reply.
 */
export function reply(messages: readonly TextMessage[]): string {
  const last =
    messages.findLast((message) => message.role === "user")?.content ??
    messages.at(-1)?.content ??
    "";
  const summary = summarise(last);
  if (summary !== undefined) return summary;
  const conversation = readConversation(messages);
  return answer({ ...conversation, line: questionIn(conversation.line) }) ?? FALLBACK;
}

const FALLBACK =
  "That is more than I can do: I am a small offline model made of rules. I remember what you tell me, do sums, condense text and explain some terms; for more, choose a real model with --model.";

/** The question that a prompt ends with, after telling who is to answer it and how. */
function questionIn(line: string): string {
  const asked =
    /(?:here is (?:a|the|my) (?:question|input|text|problem)|^question|^input)\s*:\s*([\s\S]+)$/im;
  return asked.exec(line)?.[1]?.trim() ?? line;
}

function answer(conversation: Conversation): string | undefined {
  const { line } = conversation;
  if (line.trim() === "")
    return "You sent an empty message. What would you like to tell or ask me?";
  const whole = arithmetic(line) ?? define(line);
  if (whole) return whole;
  const parts = sentencesOf(line).flatMap(splitQuestions);
  const questions = parts.filter((part) => isQuestion(part) || isRequest(part));
  if (questions.length === 0) return smalltalk(line);
  const told = smalltalkOf(parts.filter((part) => !questions.includes(part)));
  const answers = questions.map((question) => answerOne(question, conversation));
  return [told, ...new Set(answers.map((text) => text ?? FALLBACK))]
    .filter((text) => text !== undefined)
    .join(" ");
}

function answerOne(question: string, conversation: Conversation): string | undefined {
  return (
    arithmetic(question) ??
    define(question) ??
    courtesy(question) ??
    recall(question, conversation) ??
    lookUp(question) ??
    smalltalk(question)
  );
}

/** Questions about the tutor itself must not be looked up among the human's facts. */
function courtesy(question: string): string | undefined {
  return /\b(?:how are you|who are you|what are you|your name|what can you do|how's it going|are you (?:a|an|real|human))\b/i.test(
    question,
  )
    ? smalltalk(question)
    : undefined;
}

/** What else the message told, if it is more than a greeting before the question. */
function smalltalkOf(parts: string[]): string | undefined {
  const text = parts.filter((part) => part.split(/\s+/).length > 2).join(" ");
  return text === "" ? undefined : smalltalk(text);
}

/** "What is my name and where do I live?" is two questions. */
function splitQuestions(sentence: string): string[] {
  if (!isQuestion(sentence)) return [sentence];
  return sentence
    .split(/,?\s+and\s+(?=(?:what|who|where|when|how|which)\b)/i)
    .map((part, at, all) => (at < all.length - 1 && !part.endsWith("?") ? `${part}?` : part));
}
