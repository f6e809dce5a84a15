const STATED =
  /^(?:your (?:full |first |real |new )?name(?: is|'s|:)|you are (?:called|named|known as)|(?:please )?call (?:you|me)|you go by|(?:people|friends|they|everyone|everybody) calls? you) (?:now |actually |just )?(\p{L}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+)*)/iu;
const BARE =
  /^(?:[Yy]ou are|[Tt]his is|[Ii]t is|[Ii]t's) (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})(?:,.*| speaking| here| writing)?$/u;
const TURNED = /^(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*) is (?:your name|what you are called)/u;

/** The name in "your name is Ada", "you are called Ada", "call me Ada" or "you are Ada". */
export function nameIn(fact: string): string | undefined {
  const name = (STATED.exec(fact) ?? BARE.exec(fact) ?? TURNED.exec(fact))?.[1];
  return name?.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}
