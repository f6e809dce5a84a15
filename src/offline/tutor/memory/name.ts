/** What comes before a name that is given, in the second person. */
const SAID = [
  "(?:your (?:full |first |real |new |own |actual )?|the |correction:? (?:your )?)name(?: is|'s|:| was)",
  `your name (?:isn't|is not|was never) [^,]{1,60}?,?(?: but| rather|,)? (?:it's|it is|but)`,
  "(?:you are|it is|it's) (?:called|named|known as)",
  "(?:please )?call (?:you|me)",
  "you go by",
  "(?:people|friends|they|everyone|everybody|(?:your|my) friends|all) calls? you",
  "you (?:would )?prefer to be called",
];
const STATED = new RegExp(`^(?:${SAID.join("|")}) (?:now |actually |just |simply )?(.+)$`, "iu");
const BARE =
  /^(?:[Yy]ou are|[Tt]his is|[Ii]t is|[Ii]t's)(?: you,| me,)? (\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+){0,3})(?:,.*| speaking| here| writing)?$/u;
const HERE = /^(\p{Lu}[\p{L}'’-]+) here\b/u;
const TURNED = /^(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*) is (?:your name|what you are called)/u;

/** The name in "your name is Ada", "you are called Ada", "call me Ada" or "you are Ada", spelt as it was typed. */
export function nameIn(fact: string): string | undefined {
  const bare = (BARE.exec(fact) ?? HERE.exec(fact) ?? TURNED.exec(fact))?.[1];
  if (bare !== undefined && !NO_NAME.test(bare) && !PLACE_OR_PEOPLE.test(bare)) return bare;
  const rest = STATED.exec(fact)?.[1];
  return rest === undefined ? undefined : nameAtStart(rest);
}

/** The words of a name that a text begins with; what is no part of a name ends it. */
function nameAtStart(rest: string): string | undefined {
  const alone = rest.replace(/[\s.!]{1,9}$/, "");
  // "My name is A" and "… is An" give names; "my name is a secret" does not.
  if (!/\s/.test(alone)) return NO_NAME_ALONE.test(alone) ? undefined : alone;
  const kept: string[] = [];
  for (const word of rest.split(/\s+/).slice(0, MOST_WORDS + 1)) {
    const bare = word.replace(/^["'“]|[,;:!?"”]+$/g, "");
    if (kept.length > 0 && ENDS_NAME.test(bare) && !PARTICLE.test(bare)) break;
    if (kept.length === 0 && NO_NAME.test(bare)) return undefined;
    if (bare !== "") kept.push(bare);
    if (/[,;:!?]$/.test(word)) break;
  }
  // A long run of small letters is a sentence: "my name is spelt with two l at the end".
  if (kept.length > MOST_WORDS) return undefined;
  while (kept.length > 1 && PARTICLE.test(kept.at(-1) ?? "")) kept.pop();
  const name = kept.join(" ");
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

const MOST_WORDS = 12;
const NO_NAME_ALONE =
  /^(?:not|what|who|really|hard|difficult|easy|long|short|unusual|common|rare|old|new|secret|private|none|nothing|unknown|irrelevant|important|changed|spelt|spelled|here|there|back|again)$/i;
const ENDS_NAME =
  /^(?:is|are|was|and|but|or|i|i'm|my|because|so|to|who|that|which|with|from|in|at|on|for|by|the|an?|if|when|though|although|since|not|no|please|today|now|actually|instead|again|too|here|speaking|as|it|it's|you|your|they|he|she|we|of|wait|thanks|by)$/i;
const PARTICLE =
  /^(?:von|van|der|den|de|la|le|du|del|della|di|da|dos|das|do|al|el|bin|ibn|ben|af|av|zu|zur|ter|ten|te|y|und|the|of|san|st\.?|mc|o')$/i;
const NO_NAME =
  /^(?:not|isn't|what|who|how|why|a|an|the|so|very|really|quite|too|pretty|rather|hard|difficult|easy|long|short|unusual|common|rare|old|new|secret|private|none|nothing|unknown|on|of|from|in|at|to|with|my|your|his|her|their|our|this|that|it|i|going|back|later|again|spelt|spelled|pronounced|written|often|always|never|also|only|just|there|me|you|him|them|us|when|if|tomorrow|today|because|for|sure|important|changed)$/i;
/** "I am Italian", "it is Monday". */
const PLACE_OR_PEOPLE =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|\p{Lu}\p{L}+(?:ish|ese)|(?:Itali|Germ|Americ|Europe|Russi|Canadi|Mexic|Austri|Brazili|Indi|Belgi|Norwegi|Hungari|Romani|Ukraini|Australi|Kore|Afric|Asi|Egypti|Peruvi|Chile)an|French|Dutch|Greek|Czech|Swiss|Thai|Welsh|Christian|Muslim|Jewish|Buddhist|Hindu|Catholic|OK|Okay|English)$/u;
