import { po } from "gettext-parser";

/** Texts of a PO file by the English ones, without those that are missing or stale ("fuzzy"). */
export function readCatalogue(text) {
  const entries = entriesOf(text).filter(({ translation, isStale }) => translation && !isStale);
  return Object.fromEntries(entries.map(({ english, translation }) => [english, translation]));
}

function entriesOf(text) {
  const { translations } = po.parse(text);
  return Object.values(translations[""] ?? {})
    .filter(({ msgid }) => msgid !== "")
    .map(({ msgid, msgstr, comments }) => ({
      english: msgid,
      translation: msgstr[0] ?? "",
      isStale: /\bfuzzy\b/.test(comments?.flag ?? ""),
      before: comments?.previous ?? "",
      place: comments?.extracted ?? "",
    }));
}

/**
 * A PO file brought up to date with the English texts of a lesson: in their order, a new one
 * without a translation, and one that has changed with the old translation, marked as stale
 * ("fuzzy").
 *
 * @param {string} text the file as it is
 * @param {{ english: string, place: string }[]} wanted
 */
export function updateCatalogue(text, wanted) {
  const { headers } = po.parse(text);
  const known = new Map(entriesOf(text).map((entry) => [entry.english, entry]));
  const gone = [...known.values()].filter(
    ({ english, translation }) => translation && !wanted.some((one) => one.english === english),
  );
  const entries = wanted.map(({ english, place }) => {
    const { translation = "", isStale = false, before = "" } = known.get(english) ?? {};
    if (known.has(english)) return entry(english, place, translation, isStale ? before : undefined);
    const old = gone.find((one) => one.place === place && isAlike(one.english, english));
    return old ? entry(english, place, old.translation, old.english) : entry(english, place, "");
  });
  const translations = { "": Object.fromEntries([["", { msgid: "", msgstr: [""] }], ...entries]) };
  const charset = "utf-8";
  return `${po.compile({ charset, headers, translations }, { foldLength: 100, sort: false })}\n`;
}

function entry(msgid, place, translation, before) {
  const stale = before === undefined ? {} : { flag: "fuzzy", previous: before };
  return [msgid, { msgid, msgstr: [translation], comments: { extracted: place, ...stale } }];
}

/** Whether half of the words of two texts are the same. */
function isAlike(one, other) {
  const [few, many] = [one, other].map((text) => new Set(text.toLowerCase().match(/\p{L}+/gu)));
  const shared = [...few].filter((word) => many.has(word)).length;
  return 2 * shared >= Math.max(few.size, many.size);
}
