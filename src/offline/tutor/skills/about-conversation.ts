import { asSentence, sentencesOf } from "../../../language/sentences.ts";
import { wordsOf } from "../../../language/words.ts";
import type { Conversation } from "../memory/conversation.ts";
import { factsOf } from "../memory/facts.ts";
import { isQuestion, isRequest } from "../memory/lines.ts";
import { contentStems, isMet, meaningsOf } from "../memory/meanings.ts";
import { nameIn } from "../memory/name.ts";
import { relatedTo } from "../memory/related.ts";
import type { Skill, TutorRequest } from "../skill.ts";

/** Answers questions about the conversation itself: who said what, and when. */
export const aboutConversation: Skill = {
  name: "about the conversation",
  answer: (request) => {
    const asked = request.line.replaceAll("’", "'").trim();
    if (asked.length > LONGEST) return undefined;
    return KINDS.find(({ pattern }) => pattern.test(asked))?.answer(asked, request);
  },
  examples: [
    {
      told: ["I keep bees.", "I play the drums."],
      asked: "What was my first message?",
      answer: '"I keep bees."',
    },
    {
      told: ["I keep bees.", "What is 2+2?"],
      asked: "What did I ask before?",
      answer: '"What is 2+2?"',
    },
    {
      told: ["I keep bees.", "I play the drums."],
      asked: "Can you summarize our conversation?",
      answer: "you keep bees; you play the drums",
    },
    {
      told: ["I keep bees."],
      asked: "Did I mention bees?",
      answer: 'Yes. You said: "I keep bees."',
    },
    { told: ["I keep bees."], asked: "How many messages have I sent you?", answer: "one" },
  ],
};

const LONGEST = 300;

interface Kind {
  pattern: RegExp;
  answer(asked: string, request: TutorRequest): string | undefined;
}

const ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");
const ORDINAL = `(${ORDINALS.join("|")})`;
const THING = "(?:thing|message|question|words?|line|sentence|request)";

const KINDS: Kind[] = [
  {
    pattern:
      /\bhow many (?:messages|questions|times|things)\b.*\b(?:i|we|you)\b.*\b(?:sen[dt]|ask(?:ed)?|written|write|wrote|exchanged|told|tell|said|say|had)\b/i,
    answer: (asked, { conversation }) => countOf(asked, conversation),
  },
  {
    pattern: new RegExp(
      `\\b${ORDINAL} ${THING}\\b.*\\b(?:I|my|we)\\b|\\bmy (?:very )?${ORDINAL} ${THING}\\b|\\b(?:I|we) (?:told you|said|asked(?: you)?|wrote|talked about) first\\b|\\bdid (?:I|we) (?:say|ask|tell you|write|talk about) first\\b`,
      "i",
    ),
    answer: (asked, { conversation }) => nth(asked, conversation),
  },
  {
    pattern:
      /\bwhat (?:did (?:I|we) (?:just |last )?ask|was my (?:last |previous )?question|was the (?:last|previous) (?:question|thing) (?:that )?I asked|did I ask)(?: you)?(?: just now| last| before| earlier)?\W*$|\bthe last (?:question|thing) (?:that )?I asked\b/i,
    answer: (_, { conversation }) =>
      quote(
        saidIn(conversation).findLast((text) =>
          sentencesOf(text).some((part) => isQuestion(part) || isRequest(part)),
        ),
        "Your last question before this one was",
      ),
  },
  {
    pattern:
      /\bwhat (?:did|have) you (?:just )?(?:say|said|answer|answered|reply|replied|tell me)\b(?!.*\babout me\b)|\bwhat (?:was|is) your (?:last |previous )?(?:answer|reply)\b|^(?:can|could|would) you (?:please )?(?:repeat|say) (?:that|it)(?: again)?\W*$|^(?:please )?(?:repeat|say) (?:that|it|your answer)(?: again)?(?: please)?\W*$|^(?:what\?|pardon\??|come again\??)$/i,
    answer: (asked, { conversation }) => lastReply(asked, conversation),
  },
  {
    pattern:
      /\bwhat did (?:I|we) (?:just |last )?(?:say|write|tell you|talk about)(?: just now| last| before| earlier)?\W*$|\bmy (?:last|previous) (?:message|words|line)\b|^(?:please )?(?:repeat|say) what I (?:just )?(?:said|wrote|told you)\W*$|\bthe last thing (?:that )?I (?:said|told you|wrote)\b/i,
    answer: (_, { conversation }) =>
      quote(saidIn(conversation).at(-1), "Your last message before this one was"),
  },
  {
    pattern:
      /\bwhat did I (?:tell you|say|write|mention|ask)(?: to you)? (?:right )?(?:before|after)\b/i,
    answer: (asked, { conversation }) => beside(asked, conversation),
  },
  {
    pattern:
      /^(?:and |so |but )?(?:did|have) (?:I|we) (?:ever |already |actually )?(?:mention|mentioned|tell|told|say|said|talk about|talked about|speak of|write|written|give|given)\b/i,
    answer: (asked, { conversation }) => whetherSaid(asked, conversation),
  },
  {
    pattern:
      /\b(?:what|which)(?: [a-z]+)? did (?:I|we) (?:ask|tell|want) you to (?:remember|note|keep in mind)\W*$/i,
    answer: (_, { conversation }) =>
      quote(
        saidIn(conversation).findLast((text) =>
          /\b(?:remember|note|keep in mind|don't forget)\b/i.test(text),
        ),
        "You wrote",
      ),
  },
  {
    pattern:
      /\bwho (?:spoke first|(?:started|began|opened)(?: (?:this|the|our|talking|it)(?: (?:conversation|chat|talk|discussion))?)?\W*$)/i,
    answer: (_, { conversation: { turns } }) =>
      turns[0]?.speaker === "ai"
        ? `I did: "${turns[0].text}"`
        : "You did: the first message is yours.",
  },
  {
    pattern:
      /\b(?:know|knows|remember|learn(?:ed|t)?|told you|tell you|say|said|recall|all|something|anything|everything)\b.*\b(?:about|of) (?:me|us|myself)\b|\bwhat (?:have|did) (?:I|we) (?:already )?(?:told|tell|said|say|mentioned|written)(?: to)?(?: you)? (?:so far|until now|up to now|in all|all in all|about me)|\bdescribe me\b|^(?:please )?(?:list|repeat|show|tell me|name|say) (?:me )?(?:everything|all|what)(?: (?:the )?(?:things|facts))?(?: that)? (?:I|we)(?:'ve| have)? (?:told|said|mentioned|written|wrote)\b/i,
    answer: (_, { conversation }) => everything(conversation, "This is what I was told"),
  },
  {
    pattern:
      /^(?!\W*(?:which|what) (?:class|kind|type|memory|chain|langchain)\b).*(?:\b(?:summari[sz]e|sum up|recap(?:itulate)?|condense|go over)\b(?: please)?\W*$|\b(?:summari[sz]e|summary of|sum up|recap(?: of)?|tl;?dr(?: of)?|overview of|gist of|go over)\b.*\b(?:conversation|chat|discussion|talk|everything|so far|what (?:I|we)|it|this|that)\b)|^tl;?dr\b|\bwhat (?:have|did) we (?:talk(?:ed)?|speak|spoken|discuss(?:ed)?|chat(?:ted)?)(?: about)?\b|\bwhat (?:is|was) (?:this|our) (?:conversation|chat) about\b|^recap\b/i,
    answer: (_, { conversation }) => recap(conversation),
  },
];

const saidIn = ({ turns }: Conversation) =>
  turns.filter((turn) => turn.speaker === "human").map((turn) => turn.text);

const NOTHING_BEFORE = "I don't know: I was sent nothing that came before your question.";

const quote = (text: string | undefined, what: string) =>
  text === undefined ? NOTHING_BEFORE : `${what}: "${text}"`;

function nth(asked: string, conversation: Conversation): string {
  const which = ORDINALS.find((word) => new RegExp(`\\b${word}\\b`, "i").test(asked)) ?? "first";
  const isAsked = /\bquestions?\b|\basked?\b/i.test(asked);
  const said = saidIn(conversation).filter(
    (text) => !isAsked || sentencesOf(text).some((part) => isQuestion(part) || isRequest(part)),
  );
  const at = ORDINALS.indexOf(which);
  const what = isAsked ? "question" : "message";
  if (said.length === 0)
    return `This is your first ${what}: I was sent nothing that came before it.`;
  const found = said[at];
  if (found === undefined)
    return `I don't know: I was sent only ${numberOf(said.length)} ${what}${said.length === 1 ? "" : "s"} of yours before this one.`;
  return `The ${which} ${what} of yours that I was sent was: "${found}"`;
}

function countOf(asked: string, conversation: Conversation): string {
  const said = saidIn(conversation);
  const questions = said.filter((text) =>
    sentencesOf(text).some((part) => isQuestion(part) || isRequest(part)),
  );
  const isOfQuestions = /\bquestions\b|\bask/i.test(asked);
  const count = (isOfQuestions ? questions : said).length;
  const what = isOfQuestions ? "question" : "message";
  const withThis = isOfQuestions ? "" : `, ${numberOf(count + 1)} with it`;
  return `I was sent ${numberOf(count)} ${what}${count === 1 ? "" : "s"} of yours before this one${withThis}.`;
}

const numberOf = (count: number) =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"][count] ??
  `${count}`;

/** The last reply, or the reply to what "my question about …" names. */
function lastReply(asked: string, { turns }: Conversation): string {
  const about = /\b(?:about|to (?:my|the) (?:question|message)|when I (?:asked|said))\b(.*)$/i.exec(
    asked,
  )?.[1];
  const wanted =
    about === undefined ? [] : contentStems(about).filter((stem) => stem !== "question");
  const at = turns.findLastIndex(
    ({ speaker, text }) =>
      speaker === "human" &&
      wanted.length > 0 &&
      wanted.some((stem) => isMet(stem, meaningsOf(text))),
  );
  const reply = at >= 0 ? turns[at + 1] : turns.findLast(({ speaker }) => speaker === "ai");
  if (reply?.speaker !== "ai") return NOTHING_BEFORE;
  return at >= 0
    ? `To "${turns[at]?.text}" I replied: "${reply.text}"`
    : `My last reply was: "${reply.text}"`;
}

/** The message before or after the one that has the words. */
function beside(asked: string, conversation: Conversation): string | undefined {
  const [, way = "before", about = ""] =
    /\b(before|after)\b(?: (?:that|I (?:told|said|mentioned)))?(.*)$/i.exec(asked) ?? [];
  const stems = contentStems(about);
  if (stems.length === 0)
    return quote(saidIn(conversation).at(-1), "Your last message before this one was");
  const said = saidIn(conversation);
  const at = said.findLastIndex((text) => stems.every((stem) => isMet(stem, meaningsOf(text))));
  const found = at < 0 ? undefined : said[way.toLowerCase() === "before" ? at - 1 : at + 1];
  return found === undefined
    ? `I don't know: I cannot work out which message came ${way.toLowerCase()} it.`
    : `The message ${way.toLowerCase()} it was: "${found}"`;
}

function whetherSaid(asked: string, conversation: Conversation): string {
  const about = /\b(?:about|of|mention(?:ed)?) (.+)$/i.exec(asked)?.[1];
  const stems = contentStems(
    about ?? asked.replace(/^.*?\b(?:told?|tell|say|said|written?|given?)\b/i, ""),
  ).filter((stem) => !/^(?:anyth|someth|ever|before)/.test(stem));
  const age = /\bmy age\b|\bhow old i am\b/i.test(asked);
  const found = saidIn(conversation).findLast((text) => {
    if (isQuestion(text)) return false;
    const meanings = meaningsOf(text);
    const isAge = age && /\b(?:I am|I'm|im) \d{1,3}\b/i.test(text);
    return isAge || (stems.length > 0 && stems.every((stem) => isMet(stem, meanings)));
  });
  const named = /\bmy name\b/i.test(asked)
    ? factsOf(conversation).find(({ text }) => nameIn(text))
    : undefined;
  if (found !== undefined) return `Yes. You said: "${found}"`;
  if (named) return `Yes. ${asSentence(named.text)}`;
  const near = stems.length > 0 ? relatedTo(asked, conversation) : [];
  if (near.length > 0)
    return `Not in these words. This may be what you mean: ${near.map((text) => `"${text}"`).join(", ")}.`;
  return "No, not in the messages that I was sent.";
}

/** All that was told of the human, each thing once. */
function everything(conversation: Conversation, opening: string): string {
  const facts = factsOf(conversation);
  const name = facts.map(({ text }) => nameIn(text)).findLast((found) => found !== undefined);
  const others = facts
    .filter(({ text }) => nameIn(text) === undefined && wordsOf(text).length > 1)
    .map(({ text }) => text);
  const told = [...(name === undefined ? [] : [`your name is ${name}`]), ...others];
  if (told.length === 0) return "Nothing: the messages that I was sent say nothing about you.";
  const shown = told.slice(0, MOST);
  const more = told.length - shown.length;
  return `${opening}: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
}

const MOST = 40;

function recap(conversation: Conversation): string {
  const said = saidIn(conversation);
  if (said.length === 0)
    return "There is nothing to sum up: this is the first message that I was sent.";
  const facts = factsOf(conversation).length > 0 ? everything(conversation, "You told me") : "";
  const questions = said
    .flatMap(sentencesOf)
    .filter((part) => isQuestion(part) || isRequest(part))
    .slice(-5);
  const asked =
    questions.length > 0
      ? `You asked: ${[...new Set(questions)].map((part) => `"${part}"`).join(", ")}.`
      : "";
  const summary = [facts, asked].filter((part) => part !== "").join(" ");
  return summary === ""
    ? `You sent ${numberOf(said.length)} message${said.length === 1 ? "" : "s"}: ${said
        .slice(-5)
        .map((text) => `"${text}"`)
        .join(", ")}.`
    : summary;
}
