import { stemmer } from "stemmer";

/** A word's stem after Porter; British and American spelling have the same one, and so has an irregular past. */
export function stemOf(word: string): string {
  return stemmer(
    (Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word]! : word)
      .replace(/is(e|es|ed|er|ers|ing|ation|ations)$/, "iz$1")
      .replace(/^(lic|def|off|pret)ence(?=s?$|d$)/, "$1ense")
      .replace(/(?<=\w{3})our(s|ed|ing|al|able|ite|ites)?$/, "or$1"),
  );
}

/**
 * Finds words that may have one of some stems, at once: a word has its stem's first two letters,
 * or is an irregular form, and may be a part of a longer word.
 */
export function mayHaveStem(stems: Iterable<string>): RegExp {
  const wanted = new Set(stems);
  const irregular = Object.keys(IRREGULAR).filter((form) => wanted.has(stemOf(form)));
  const beginnings = [...wanted].map((stem) => [...stem].slice(0, 2).join(""));
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const all = new Set([...beginnings, ...irregular].map(literal));
  return all.size === 0 ? /(?!)/ : new RegExp([...all].join("|"), "iu");
}

/** `stemOf`, which remembers the stems of the words it was given: for a text whose words recur. */
export function rememberingStems(): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const stem = known.get(word) ?? stemOf(word);
    known.set(word, stem);
    return stem;
  };
}

/** Irregular forms, each after the form that it belongs to. */
const IRREGULAR = Object.fromEntries(
  `begin:began,begun break:broke,broken bring:brought build:built buy:bought choose:chose,chosen come:came draw:drew,drawn
  drink:drank,drunk drive:drove,driven eat:ate,eaten feed:fed feel:felt fly:flew,flown forget:forgot,forgotten give:gave,given
  go:went,gone grow:grew,grown hold:held keep:kept know:knew,known lose:lost make:made meet:met mouse:mice pay:paid ride:rode
  run:ran sell:sold send:sent sing:sang,sung sleep:slept speak:spoke,spoken spend:spent steal:stole,stolen swim:swam
  take:took,taken teach:taught throw:threw,thrown wear:wore,worn win:won write:wrote,written`
    .split(/\s+/)
    .flatMap((entry) => {
      const [base = "", forms = ""] = entry.split(":");
      return forms.split(",").map((form) => [form, base]);
    }),
) as Record<string, string>;
