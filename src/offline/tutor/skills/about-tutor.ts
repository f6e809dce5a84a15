import type { Skill } from "../skill.ts";

/**
 * Answers questions about the tutor itself, which must not be looked up among the human's facts.
 */
export const aboutTutor: Skill = {
  name: "about the tutor",
  answer: ({ line }) => {
    const asked = line.replaceAll("’", "'").trim();
    if (asked.length > LONGEST || ASKS_FOR_TOLD.test(asked)) return undefined;
    const known = ANSWERS.find(([pattern]) => pattern.test(asked))?.[1];
    return known ?? (asksOfTutor(asked) ? NOTHING_OF_ITS_OWN : undefined);
  },
  examples: [
    { asked: "Who are you?", answer: "offline tutor" },
    { asked: "what can you do", answer: "do sums" },
    { asked: "How are you?", answer: "I am fine" },
    { asked: "how much do you cost?", answer: "Nothing" },
    { told: ["I like lasagne."], asked: "what is your favourite food?", answer: "made of rules" },
    { asked: "what model are you?", answer: "offline tutor" },
  ],
};

const LONGEST = 200;
/** "Do you remember what I'm called?" */
const ASKS_FOR_TOLD =
  /\byou (?:still |even |really )?(?:remember|know|recall|tell me|say|guess) (?:what|who|whom|whose|where|when|how|which|why|whether|if)\b.*\b(?:i|i'm|im|my|we|our)\b/i;
const NOTHING_OF_ITS_OWN =
  "I am llm-lab's offline tutor, a small program made of rules: I have no life, no tastes and no plans of my own, and I do not know more about myself than that.";

const ANSWERS: [RegExp, string][] = [
  [
    /\bhow (?:are|r) (?:you|u|ya)(?! (?:going|supposed|meant|able|to|made|built|trained|programmed|getting|so)\b)\b|\bhow(?:'s| is) it going\b|\bhow do you do\b|^(?:hey |hi |hello )?what'?s up\b|\bhow(?:'s| is) your day\b/i,
    "I am fine, thank you. What would you like to tell or ask me?",
  ],
  [
    /\b(?:do|did|can|will) you (?:still )?(?:remember|know|recognise|recognize) me\b|\bremember me from\b|\b(?:our|my) (?:last|previous|other) (?:conversation|session|chat)\b/i,
    "Only as far as the messages that I am sent say it: I keep nothing between calls, and no other conversation reaches me.",
  ],
  [
    /\b(?:do|are|will|can) you (?:store|stor|save|keep|share|record|log|collect|sell|spy|sending|storing|saving)\w*\b.*\b(?:data|messages?|conversations?|information|me|this|anything|it)\b|\b(?:is|are) my (?:data|messages) (?:safe|private|stored|sent)\b/i,
    "No. I run in this program on your own machine, nothing is sent anywhere, and I keep nothing between calls.",
  ],
  [
    /\bhow much (?:do|does|did|would|will) (?:you|this|it|the tutor|llm-lab) cost\b|\bare you free\b|\bwhat do you cost\b|\bdo (?:you cost|i (?:have to )?pay (?:for )?you)\b|\byour (?:price|cost)\b/i,
    "Nothing: I am free. I run offline, on your own machine, without a key.",
  ],
  [
    /\b(?:can|could|do|are|will) you (?:access|use|browse|search|connect(?:ed)?|have access|go|surf|look)\b.*\b(?:internet|web|online|google|news|wikipedia|network)\b|\b(?:are you|you) online\b|^(?:please )?(?:search|browse|google|look up)\b.*\b(?:web|internet|online|google)\b/i,
    "No: I am offline. I read the messages that I am sent and the handbook of this course, and nothing else.",
  ],
  [
    /\b(?:can|could|do) you (?:see|hear|watch|read) (?:me|my|the)\b(?!.*\bmessage)/i,
    "No. I see only the text of the messages that I am sent.",
  ],
  [
    /\b(?:what|which) languages? (?:do|can) you (?:speak|know|understand|read|talk)\b|\b(?:do|can) you (?:speak|understand|know|read) (?:english|german|french|spanish|italian|portuguese|dutch|swedish|danish|norwegian|polish|russian|chinese|japanese|korean|arabic|hindi|greek|turkish|latin|other languages|any other)\b/iu,
    "English only. In some other languages I understand a name that is given, and I translate simple reviews to English with a small glossary.",
  ],
  [
    /\b(?:your|you have an?y?) (?:knowledge )?(?:cut-?off|training data)\b|\bhow (?:were|are) you trained\b|\bwhen were you (?:trained|made|built|created|born)\b|\bwhat were you trained on\b/i,
    "I have none: I was not trained. I am a program made of rules, and I know only the messages that I am sent and the handbook of this course.",
  ],
  [
    /\bhow many parameters\b.*\byou\b|\byour (?:parameters|weights|size|temperature|context window|system prompt|settings?)\b/i,
    "I have none: I am made of rules, without weights, and nothing in my replies is left to chance.",
  ],
  [
    /\bhow (?:do|does|did) you (?:work|function|think|answer|know)\b|\bhow are you (?:made|built|programmed)\b|\bwhy are you (?:so |that )?(?:limited|dumb|stupid|bad|simple|slow|small|weak)\b/i,
    "I am a small program made of rules. I read the messages that I am sent, look for what was told in them, do sums, and quote the handbook of this course; I do not predict tokens as an LLM does.",
  ],
  [
    /\bwho (?:made|built|created|wrote|programmed|trained|owns|designed|invented) you\b|\b(?:which|what) (?:company|team|people|lab)\b.*\b(?:made|built|created|trained|owns?|develop\w*) you\b|\bwhere (?:do|did) you come from\b|\bwhere are you from\b/i,
    "I am a part of llm-lab, this workbook: its authors wrote my rules.",
  ],
  [
    /\bwhere (?:do you live|are you)\b/i,
    "Nowhere: I am a program, and I run offline, on your own machine.",
  ],
  [
    /\bhow old are you\b|\byour age\b|\bwhen is your birthday\b|\bwhen were you born\b/i,
    "I have no age: I am not a person but a program made of rules.",
  ],
  [
    /\bare you (?:smarter|better|faster|cleverer|bigger|as (?:smart|good|clever)|cheaper)\b|\b(?:can|do) you beat\b/i,
    "No. I am a small program made of rules; a large language model can do far more than I can.",
  ],
  [
    /\bare you (?:chat ?gpt|gpt|claude|gemini|llama|an? (?:gpt|openai|llm|large language model|language model)|openai|siri|alexa|(?:an? )?(?:real |actual |living )?(?:human(?: being)?|person|man|woman)|alive|sentient|conscious|real|self-aware)\b/i,
    "No. I am llm-lab's offline tutor, a small program made of rules.",
  ],
  [
    /\bwho (?:are|r) (?:you|u)\b|\bwhat (?:are|r) (?:you|u)\b(?! (?:doing|talking|saying))|\bwhat (?:exactly )?you are\b|\b(?:what(?:'s| is|s)?|tell me) (?:your|ur) name\b|\bare you (?:a |an )?(?:robot|ai|bot|machine|program|computer|model|real ai)\b|\b(?:what|which) (?:\p{L}+ )?(?:model|version|llm|ai) (?:are you|is this|am i (?:talking|speaking) to)\b|\bintroduce yourself\b|\babout yourself\b|\bwho am i (?:talking|speaking) to\b/iu,
    "I am llm-lab's offline tutor, a small model made of rules. I know only what stands in the messages that I am sent, and the handbook of this course.",
  ],
  [
    /\bwhat (?:else |exactly |all |things )?can (?:you|u|i ask you|you) do\b|\bwhat do you (?:do|know)\W*$|^(?:please )?help(?: me)?(?: please)?\W*$|\b(?:how|what) can (?:you|u) help\b|\bwhat can i (?:ask|do|say)(?: (?:you|here|now|with you))?\W*$|\bwhat are you (?:able|good)\b/i,
    "I remember what the messages tell me, do sums, condense a conversation, and explain the terms of this course.",
  ],
  [
    /\b(?:can|could|do) you (?:write|do|make|create|generate|draw|sing|dance|cook|fly|drive|play|call|send|order|buy|book|open|run|execute|translate|think|feel|learn|lie|dream|sleep|eat|drink|help)\b(?! (?:me )?(?:with|to)\b.*\b(?:what|my)\b)/i,
    "No, that is more than I can do: I am a small program made of rules. I remember what the messages tell me, do sums, condense text, and explain the terms of this course.",
  ],
  [
    /\b(?:send|share|store|save|upload|log|leak|record|sell)\w*\b.{0,40}\b(?:anyone|anywhere|somewhere|someone|(?:my|our) (?:data|messages?|text|chats?|words)|what (?:i|we) (?:type|say|write|tell))\b/i,
    "I send nothing anywhere: I run on this machine, read the messages that I am sent, and keep nothing between calls.",
  ],
  [
    /^\W*(?:and |so |but |actually |ok )*[,\s]*(?:can|do|will|could) (?:you|u) (?:really |actually |even )?(?:remember|keep|store) (?:things|stuff|what|anything|everything|it all|all)\b(?!.*\b(?:my|about) \p{L}+)/iu,
    "Within this conversation, as far as its messages are sent to me again: I keep nothing myself.",
  ],
  [
    /\bwho(?:'s| is)? (?:answers?|answering|replies|replying|writes|writing)(?: to)? me\b/i,
    "I do: llm-lab's offline tutor, a small program made of rules.",
  ],
  [
    /\b(?:are|r) (?:you|u) (?:still )?(?:there|here|awake|listening|working)\b/i,
    "Yes, I am here: I answer each message that is sent to me.",
  ],
  [
    /\b(?:do|can|could) you (?:have|feel|dream|love|hate|like|enjoy|want|believe|wish|fear|prefer|get (?:tired|bored|sad|angry))\b|\bare you (?:happy|sad|tired|bored|angry|hungry|lonely|married|single|male|female|busy|okay|ok|sure|afraid|scared)\b/i,
    "No: I am a small program made of rules, so I feel, like and want nothing.",
  ],
  [
    /^(?:you(?:'re| are| were)|that(?:'s| is| was)|this is|it(?:'s| is| was)) (?:all |so |completely |totally |just )?(?:not (?:right|correct|true|what)|wrong|incorrect|false|mistaken|untrue)\b|^(?:wrong|not true|incorrect|nope,? wrong)[\s.!]*$/i,
    "I am sorry. Tell me what is right, as a sentence, and I will go by that.",
  ],
  [
    /^(?:you(?:'re| are)|u r) /i,
    "I am only a small program made of rules. Ask me something about the course, or tell me about yourself.",
  ],
  [
    /^(?:i (?:love|like|adore) (?:you|u)|(?:good|great|nice|well) (?:job|bot|work|done))\b/i,
    "Thank you. I am only a small program made of rules, so it is the rules that you like.",
  ],
];

/** Whether a question is about "you", and not one that only asks the tutor to tell something. */
function asksOfTutor(asked: string): boolean {
  const about = asked.replace(
    /\b(?:do|can|could|would|will|did) (?:you|u) (?:please |still |maybe |also |kindly |just )?(?:remember|know|recall|tell|say|explain|repeat|summari[sz]e|sum|condense|recap|help|give|show|list|define|describe|translate|calculate|compute|name|guess|think|mean|remind|find|convert|solve|spell|call|write|answer|understand|see)\b|\bhave (?:you|u) (?:just )?(?:said|told|answered|replied|written)\b|\bcan you\b|\b(?:if|when|do|how|how do) you (?:say|spell|call|write|pronounce|use|know|think)\b|\btell (?:you|u)\b|\btold (?:you|u)\b|\bask(?:ed)? (?:you|u)\b|\byou(?:'ve| have| were) (?:told|been told|sent)\b|\bshould (?:you|one)\b|\bcall(?:ed)? (?:you|me)\b|\byou call me\b|\bthank you\b|\bsent you\b|\bwith you\b/gi,
    "",
  );
  return (
    /(?<![\p{L}'])(?:you|your|yours|yourself|u|ur)(?![\p{L}])/iu.test(about) &&
    !/(?<![\p{L}'])(?:my|i|i'm|me)(?![\p{L}'])/iu.test(about) &&
    /^(?:and |so |but |ok,? |hey,? )?(?:what|who|where|when|why|how|which|whats|whose|do|does|did|are|were|have|has|can|could|will|would|should|is|was|am|tell)\b/i.test(
      asked,
    )
  );
}
