import type { TextMessage } from "../protocol.ts";
import { readConversation } from "./memory/conversation.ts";
import { spelt } from "./memory/spelling.ts";
import type { Extras, TutorRequest } from "./skill.ts";

/** Reads a request for the skills; `answerLine` is how they have another line answered. */
export function readRequest(
  messages: readonly TextMessage[],
  extras: Extras,
  answerRequest: (request: TutorRequest) => Promise<string>,
): TutorRequest {
  const prompt =
    messages.findLast(({ role }) => role === "user")?.content ?? messages.at(-1)?.content ?? "";
  const conversation = readConversation(messages);
  const request: TutorRequest = {
    ...extras,
    messages,
    prompt,
    conversation,
    line: withoutManner(spelt(withinReach(questionIn(conversation.line)))),
    answerLine(line) {
      const { format: _, ...inWords } = request;
      return answerRequest({ ...inWords, line });
    },
  };
  return request;
}

/** The question that a prompt ends with, after telling who is to answer it and how. */
function questionIn(line: string): string {
  const asked =
    /(?:here is (?:a|the|my) (?:question|input|text|problem)|^question|^input)\s*:\s*([\s\S]+)$/im;
  return asked.exec(line)?.[1]?.trim() ?? line;
}

/** For whom something is to be explained, or how simply: the handbook has only one explanation. */
function withoutManner(line: string): string {
  if (
    line.length > 200 ||
    !/^\W*(?:(?:please|can you|could you) )*(?:explain|describe|define|tell me|what)\b/i.test(line)
  )
    return line;
  return line
    .replace(
      /,? (?:(?:to|for) (?:me )?(?:like |as )?(?:an? )?(?:five|5|six|ten|10|\d+)[ -]?years?[ -]?olds?|(?:to|for) (?:an? |my )?(?:child|kid|beginners?|grandm\p{L}+|dumm(?:y|ies)|idiots?|complete beginners?|layman)|like (?:i'?m|i am) (?:five|5|a (?:child|kid|beginner))|eli5)(?=[\s?.!]*$)/iu,
      "",
    )
    .replace(
      /,? (?:in (?:very )?(?:simple|plain|easy|a few|other|your own) (?:words|terms|english|language)|simply|briefly|shortly|in short|quickly)(?=[\s?.!]*$| what\b)/i,
      "",
    );
}

/** No line that a person writes is longer; of a longer one the beginning and the end are read, where the question is. */
const LONGEST = 4000;

function withinReach(line: string): string {
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST / 2)}\n${line.slice(-LONGEST / 2)}`;
}
