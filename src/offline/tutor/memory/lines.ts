/**
 * What kind of thing a sentence is: a question, a command, small talk, or a statement that is worth
 * noting.
 */

const LEAD = String.raw`(?:(?:and|n|nd|so|but|ok|okay|now|then|well|hey|hi|hello|also|please|pls|um|uh|hm+|btw|by the way)[\s,.!]+)*`;
const QUESTION_START = new RegExp(
  `^${LEAD}(?:what|who|whom|whose|where|when|why|how|which|whats|wheres|hows|whos|whens|whys|waht|wat|(?:on|in|at|for|from|to|with|by|since|until|under|of) (?:what|which|whom|whose|when|where)|do|does|did|is|are|am|was|were|can|could|would|should|have i|have you|have we|has|may i|may we|shall|will (?:it|i|we|he|she|they|you|there|the|my|our)|isn't|aren't|don't|doesn't|didn't|can't|won't|any idea)\\b`,
  "i",
);
/** "The place where I live", "what I like is tea": such words begin a statement too. */
const STATEMENT_ALL_THE_SAME =
  /^(?:what (?:i|we) \S+(?: \S+){0,4} is\b|when i was\b|when (?:i|we) \S+(?: \S+){0,4}, )/i;

/** Small words before a sentence that states something by a question. */
const SMALL = String.raw`(?:(?:hey|hi|hello|and|so|but|well|ok)[\s,]+)*`;
/** Whose affair is stated: "my dog", "I". */
const SUBJECT = "(?:i|i'm|im|i've|my|we|our|the)";
const TAG = String.raw`(?:right|ok|okay|remember|correct|you know|huh|eh)\s{0,3}\?+$`;
/** "I told you that my name is Kim, right?" states something, and only asks to be heard. */
const TAGGED = new RegExp(
  String.raw`^${SMALL}(?:i|i'm|im|i've|my|we|we're|our|the|she|he|they|it)\b[^?]{3,200}[\s,]${TAG}`,
  "i",
);
/** "Did I tell you that my dog is called Rex?" tells it. */
const TOLD_BY_ASKING = new RegExp(
  String.raw`^${SMALL}(?:did|have) i (?:ever |already )?(?:tell|told|mention(?:ed)?)(?: to)?(?: you)? (?:that )?(${SUBJECT}\b[^?]{0,100}\b(?:is|are|am|was|were|have|has|had|called|named|live|lives|work|works|like|likes|love|loves|hate|hates|can't|cannot|got|will|moved|started)\b[^?]{1,100})\?+$`,
  "i",
);
/** "Can you remember that my locker is number 17?" tells it too. */
const ASKED_TO_KEEP = new RegExp(
  String.raw`^${SMALL}(?:can|could|will|would) you (?:please )?(?:remember|note(?: down)?|keep in mind|memori[sz]e) (?:that )?(${SUBJECT}\b[^?]{0,100} (?:is|are|am|was|have|has|like|love|live|work|need|want|will)\b[^?]{1,100})\?*$`,
  "i",
);
/**
 * "Can you remember that I park on level 4?": after "that" comes a statement, whatever its verb.
 */
const ASKED_TO_KEEP_THAT = new RegExp(
  String.raw`^${SMALL}(?:can|could|will|would) you (?:please )?(?:remember|note(?: down)?|keep in mind|memori[sz]e) that (${SUBJECT} (?!(?:told|said|asked|mentioned|wrote)\b)[^?\s]{1,40} [^?]{1,150})\?*$`,
  "i",
);
const AT_THE_END = new RegExp(String.raw`[\s,]{1,4}${TAG}`, "i");

/** "I told you my dog's name, what was it", "if I want the same answer do I set it high". */
const ASKS_AT_THE_END =
  /\b(?:what|who|where|when|which) (?:was|is|are|were) (?:it|that|he|she|they|this)[\s.!]*$|^(?:(?:and|so|but|ok)[\s,]+)*(?:if|when|suppose) .{3,100}[\s,](?:do|does|should|can|could|would|will|is|are) (?:i|we|it|they|that|this|you)\b/i;

/** What a question states all the same; undefined where it only asks. */
export function statedIn(question: string): string | undefined {
  if (TAGGED.test(question)) return question.replace(AT_THE_END, "");
  return [TOLD_BY_ASKING, ASKED_TO_KEEP, ASKED_TO_KEEP_THAT]
    .map((pattern) => pattern.exec(question)?.[1])
    .find((stated) => stated !== undefined);
}

export function isQuestion(sentence: string): boolean {
  if (statedIn(sentence) !== undefined) return false;
  if (/[?？]["'”)]*$/.test(sentence)) return true;
  if (ASKS_AT_THE_END.test(sentence)) return true;
  return QUESTION_START.test(sentence) && !STATEMENT_ALL_THE_SAME.test(sentence);
}

const VERBS =
  `tell remind say give show list repeat explain define describe calculate compute add subtract multiply divide
  summari[sz]e condense translate write rewrite guess recall convert solve round work sing stop clear forget delete erase reset
  ignore be speak talk search google find open close play make help recommend suggest read draw create generate run count compare
  let let's lets try go come wait continue recap answer use check fix send turn set book order start pretend act imagine look print
  spell sort compose invent think choose pick change remove undo restart exit quit shut keep teach quiz test ask wake do don't
  do\\snot stop name simplify estimate evaluate factor find\\sout figure`.replace(/\s+/g, "|");
const REQUEST_START = new RegExp(
  `^${LEAD}(?:(?:can|could|would|will) you |i (?:want|need|would like|'d like) you to |just |kindly )*(?:please )?(?:${VERBS})(?![\\p{L}'’])`,
  "iu",
);
/**
 * "Call me Ann", "remember that …" tell something; "work is hard", "name's Bo" begin with no
 * command.
 */
const TELLS =
  /^(?:please )?(?:call me|remember|note|keep\b.{0,40}\bin mind|save|store|memori[sz]e|don't forget|do not forget)\b|^(?!let's)\S+(?:'s| is| was| are| has)\b/i;

export function isRequest(sentence: string): boolean {
  return REQUEST_START.test(sentence) && (!TELLS.test(sentence) || REMEMBERING.test(sentence));
}
/** What only a program with a clock, or a memory of its own, could do. */
const REMEMBERING = /^(?:please )?remind me\b/i;

/** A question, or a demand to tell something: what can be answered from what was told. */
export function asksToTell(sentence: string): boolean {
  return (
    isQuestion(sentence) ||
    (isRequest(sentence) && TELLING.test(sentence) && !IN_ANOTHER_FORM.test(sentence))
  );
}
/** "Say my name backwards" wants it changed, which recalling does not do. */
const IN_ANOTHER_FORM =
  /\b(?:backwards?|in reverse|reversed|in (?:all )?(?:capitals|caps|capital letters|upper ?case|lower ?case)|letter by letter|(?:twice|thrice|\p{L}+ times|\d+ times)|as an? (?:poem|song|haiku|rhyme|rap|limerick))[\s.!?]*$/iu;
const TELLING = new RegExp(
  `^${LEAD}(?:(?:can|could|would|will) you |i (?:want|need|would like|'d like) you to |just |kindly )*(?:please )?(?:tell|remind|say|give|show|list|repeat|name|recall|describe|explain|guess|find out)\\b`,
  "i",
);

export function isPleasantry(sentence: string): boolean {
  return (
    sentence.length < 60 &&
    (/^(?:hi|hello|hey|hewwo|(?:thanks?|thx|ty|tysm|cheers|thank you)\b(?!.*\b(?:my|i|i'm|we)\b).{0,40}|bye|goodbye|good (?:morning|night|day|evening|afternoon)|nice to (?:meet|see) you|pleased to meet you|(?:not much|cool|great|fine|ok|okay|sure|yes|yeah|yep|no(?! \p{L}+ (?:left|more|yet|today|at|in|on|for|is|are|was|were)\b)|nope|wow|nice|lol|haha|ha|next|whatever|meh|same|nothing (?:much|special|really)|(?:just|only) (?:looking|browsing|curious|chatting|testing|trying(?: (?:it|this|you))?(?: out)?|passing(?: by)?))\b.{0,30})[\s.!,]*$/iu.test(
      sentence,
    ) ||
      isFarewell(sentence)) &&
    !/\b(?:my|i am|i'm|not|it's|it is|in|at|on)\b/i.test(
      sentence.replace(FAREWELL, "").replace(/^not much\b/i, ""),
    )
  );
}

const FAREWELL =
  /\b(?:bye|bye-bye|goodbye|good ?night|see (?:you|ya)|cya|farewell|ttyl|take care|(?:talk|speak) to you (?:later|soon|tomorrow)|(?:have|got|need) to (?:go|leave|run)(?: now)?$|gotta (?:go|run)|(?:i'm|i am) (?:off|leaving)(?: now)?$|until (?:next time|tomorrow)|have a (?:nice|good|great) (?:day|evening|night|weekend))\b/i;

/** "Translate 'good night' into French" speaks of the words, and says no goodbye. */
const WORKS_ON_WORDS =
  /^(?:please |can you |could you )*(?:translate|spell|write|rewrite|print)\b/i;

/** "ok bye then", "I have to go now, talk to you later". */
export function isFarewell(text: string): boolean {
  if (text.length >= 80 || text.includes("?") || WORKS_ON_WORDS.test(text)) return false;
  return FAREWELL.test(text.replace(/[.!,\s]+$/, ""));
}

/**
 * Whether a sentence states something about somebody or something; one that only speaks to the
 * tutor does not.
 */
export function isStatement(clause: string): boolean {
  if (/^(?:and )?(?:my|our|your|the) \S+$/i.test(clause)) return false;
  if (/^(?:and )?(?:plus|minus|times|divided by|if)\b[^,]*$/i.test(clause)) return false;
  if (!/\p{L}.*\s.*[\p{L}\p{N}]/u.test(clause) && !/^[^\s:]+: \S/.test(clause)) return false;
  if (TO_TUTOR.test(clause)) return false;
  return STATES.test(clause);
}

const TO_TUTOR =
  /^(?:you(?:'re| are| were| seem| sound| look| should| must| can| could| don't| do| have|'ve) (?!(?:can|may|could|should)?\s*call)|your answer|(?:that|this|it)(?:'s| is| was| isn't| is not)? (?:not )?(?:(?:very|really|so|super|quite|pretty|all|most) )?(?:wrong|right|correct|incorrect|true|false|nonsense|great|good|cool|nice|fine|funny|bad|helpful|useful|useless|interesting|clear|enough|perfect|awesome|amazing|all)\b|(?:that|this|it) (?:really |also |all )?(?:helps?|helped|works?|worked|makes sense|sounds|looks|explains|depends|did it)\b|i (?:don't|do not|didn't) (?:understand|get|know) (?:what|how|why|that|it|this)\b|i (?:love|like|hate|thank|see|understand|don't understand|believe|trust) (?:you|that|it)\b[\s.!]*$|(?:blah|bla|test|testing)\b)/i;
const STATES =
  /(?<![\p{L}'])(?:i|i'm|im|i've|ive|i'd|i'll|my|mine|me|we|we're|we've|we'll|our|us|he|she|it|they|his|her|its|their|everyone|everybody|people|nobody|this|that|there)(?![\p{L}])|\b(?:is|are|was|were|has|have|had|will|would|does|did|can|can't|must|should|costs?|beat|won|lost|met|ate|drank|bought|sold|made|took|gave|got|came|ran|flew|drove|wrote|saw|found|left|fell|broke|slept|paid|sent|kept|began|taught|caught|built|spent|became|grew|knew|wore|chose|spoke|forgot|lives?|likes?|loves?|hates?|works?|plays?|called|named|goes|went|rained|snowed|moved|died|\p{L}{3,}ed|\p{L}{3,}s)\b|\p{L}['’]s \S|^(?:originally|formerly|now) (?:from|in|at) \S|^\p{L}[^:?]{0,40}: \S/iu;
