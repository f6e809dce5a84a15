import type { ChatTool, TextMessage, ToolChoice, ToolUse, Turn } from "../protocol.ts";
import type { Conversation } from "./memory/conversation.ts";

/** One thing that the tutor can do. The first skill of the list that has an answer gives it. */
export interface Skill {
  /** such as "sums" */
  name: string;
  /** the answer, or undefined where the request asks for something else */
  answer(request: TutorRequest): Answered | Promise<Answered>;
  /** what this skill answers, and no skill above it: the tests are made from these */
  examples: readonly [Example, ...Example[]];
}

type Answered = Answer | undefined;

/** What the tutor says, or the functions of the program's that are to be called first. */
export type Answer = string | readonly ToolUse[];

/** What a request gives besides its messages. */
export interface Extras extends Partial<Pick<Turn, "format" | "oneCall">> {
  tools?: readonly ChatTool[];
  choice?: ToolChoice;
}

/** A request as the skills see it: what was sent, and what was read out of it once for all of them. */
export interface TutorRequest extends Extras {
  messages: readonly TextMessage[];
  /** the human's last message, whole */
  prompt: string;
  conversation: Conversation;
  /** what is to be answered: the prompt, the line that a transcript in it ends with, or one part of that */
  line: string;
  /** the answer to another line, by the same skills, from the same messages */
  answerLine(line: string): Promise<string>;
}

/** What a schema says of one field. */
export interface Field {
  type?: string;
  description?: string;
  items?: { type?: string };
}

/** A request in short, and what the answer holds. */
export interface Example extends Extras {
  /** the human's lines that came before, oldest first, or whole messages */
  told?: readonly (string | TextMessage)[];
  asked: string;
  /** messages that follow the human's, such as what a tool has found */
  after?: readonly TextMessage[];
  /** words that the answer holds, or a call as `name(arguments)` */
  answer: string;
}
