import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";

/** Words that ask for the same thing. A question's word is met by any word of its group. */
const GROUPS: Record<string, string> = {
  job: "job work profession occupation career employ employer earn living trade teach nurse",
  home: "home live living reside residing based city town village country address move moved grew",
  origin: "from origin originally come",
  age: "age old years year",
  birth: "birthday birth born",
  favourite: "favourite favorite prefer preferred best like love enjoy adore",
  allergy: "allergic allergy allergies",
  hobby: "hobby hobbies pastime leisure spare sailing hiking",
  language: "language speak speaks",
  study: "study studying studies major learn learning student course",
  car: "car drive vehicle",
  password: "password passcode passphrase pin",
  appointment: "appointment meeting",
  spouse: "wife husband spouse partner married",
  phone: "phone mobile telephone",
  eat: "eat food meal dish",
  vacation: "holiday holidays vacation",
  flat: "flat apartment",
  film: "film films movie movies",
  mother: "mother mum mom mommy",
  father: "father dad daddy",
  grandmother: "grandmother grandma granny nan",
  grandfather: "grandfather grandpa grandad",
  build: "build make create develop",
  travel: "travel visit trip fly going go",
  goal: "goal aim plan want intend",
  umbrella: "umbrella",
  book: "book books novel read reading",
  bicycle: "bicycle bike",
  leave: "leave left",
  scare: "scare scares scared afraid fear",
  speak: "talk speak chat",
  commute: "commute",
  find: "find",
  see: "see saw seen",
};

/** A wider word is met by any of its narrower ones, not the other way round. */
const WIDER: Record<string, string> = {
  pet: "pet dog cat parrot rabbit hamster horse goldfish fish tortoise turtle bird puppy kitten guinea snake lizard canary budgie pony ferret",
  animal: "pet dog cat parrot rabbit hamster horse fish tortoise turtle bird cow goat sheep",
  kid: "kid child children son daughter baby twins",
  child: "kid child children son daughter baby twins",
  children: "kid child children son daughter baby twins",
  sibling: "sibling sister brother",
  parent: "parent mother father mum mom dad",
  relative: "mother father sister brother aunt uncle cousin wife husband son daughter",
  family: "family wife husband son daughter sister brother mother father kid child children",
  instrument: "instrument piano guitar violin cello flute drums trumpet saxophone clarinet harp",
  sport:
    "sport football tennis swimming running climbing sailing cycling chess rugby basketball hockey skiing judo",
  hobby: "hobby like love enjoy play collect paint sail hike climb knit read garden dance sing",
  drink: "drink coffee tea beer wine juice",
  breed:
    "breed labrador poodle terrier collie beagle husky dachshund pug spaniel shepherd retriever bulldog",
};

const groupsByStem = indexOf(GROUPS);
const narrowerByStem = indexOf(WIDER);

function indexOf(groups: Record<string, string>): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const [group, words] of Object.entries(groups)) {
    for (const word of words.split(" ")) {
      const stem = stemOf(word);
      index.set(stem, (index.get(stem) ?? new Set()).add(group));
    }
  }
  return index;
}

/** The stems of the words that carry meaning. */
export function contentStems(text: string): string[] {
  return [
    ...new Set(
      wordsOf(text)
        .filter((word) => !isStopword(word) && !SAYING.has(word))
        .map(stemOf),
    ),
  ];
}

/** Words that put a question or tell of saying something, whatever it is about. */
const SAYING = new Set(
  `further may might mine many good well already say said says tell told telling mention mentioned remember recall know
  knew remind think hi hello hey okay earlier ago called call name named names kind sort thing things let lets actually
  exactly currently human ai ask asks answers`.split(/\s+/),
);

/**
 * All that a text can be found under: its stems, the groups they are in, and the wider words for
 * them.
 */
export function meaningsOf(text: string): Set<string> {
  const stems = wordsOf(text).map(stemOf);
  return new Set(
    stems.flatMap((stem) => [
      stem,
      ...asGroups(groupsByStem.get(stem)),
      ...asWider(narrowerByStem.get(stem)),
    ]),
  );
}

/** Whether a text speaks of what a question's word asks for. */
export function isMet(stem: string, meanings: ReadonlySet<string>): boolean {
  if (meanings.has(stem) || meanings.has(`wider:${stem}`)) return true;
  return [...(groupsByStem.get(stem) ?? [])].some((group) => meanings.has(`group:${group}`));
}

const asGroups = (groups: Iterable<string> = []) => [...groups].map((group) => `group:${group}`);
const asWider = (groups: Iterable<string> = []) =>
  [...groups].map((group) => `wider:${stemOf(group)}`);
