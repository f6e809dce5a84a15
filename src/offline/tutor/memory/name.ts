const NAME = String.raw`((?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?\p{L}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+)*)`;
const SAID = [
  "(?:your (?:full |first |real |new )?|the )name(?: is|'s|:)",
  String.raw`your name (?:isn't|is not|was never) \p{L}+,?(?: but| it's| it is)+`,
  "you are (?:called|named|known as)",
  "(?:please )?call (?:you|me)",
  "you go by",
  "(?:people|friends|they|everyone|everybody) calls? you",
];
const STATED = new RegExp(`^(?:${SAID.join("|")}) (?:now |actually |just )?${NAME}`, "iu");
const BARE =
  /^(?:[Yy]ou are|[Tt]his is|[Ii]t is|[Ii]t's) (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})(?:,.*| speaking| here| writing)?$/u;
const TURNED = /^(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*) is (?:your name|what you are called)/u;

/** The name in "your name is Ada", "you are called Ada", "call me Ada" or "you are Ada". */
export function nameIn(fact: string): string | undefined {
  const name = (STATED.exec(fact) ?? BARE.exec(fact) ?? TURNED.exec(fact))?.[1];
  // The pattern ignores case for its words, so a name may have run on into the sentence.
  const words = name?.split(" ") ?? [];
  const end = words.findIndex((word, at) => at > 0 && /^\p{Ll}/u.test(word));
  const kept = (end === -1 ? words : words.slice(0, end)).join(" ");
  return kept === "" || NO_NAME.test(kept)
    ? undefined
    : kept.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

const NO_NAME =
  /^(?:not|isn't|what|who|a|an|the|so|very|from|in|at|on|my|your|going|back|later|again)$/i;
