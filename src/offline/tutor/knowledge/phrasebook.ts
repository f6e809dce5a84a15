import { DUTCH, SWEDISH } from "./dutch-swedish.ts";
import { COLUMNS, WORDS } from "./glossary-words.ts";

/** What words and phrases of a language are in English; a phrase's words are in small letters, with one space between. */
export type Phrasebook = ReadonlyMap<string, string>;

/** The most words that a phrase has. */
export const LONGEST_PHRASE = 6;

/** The phrasebook for reviews in a language, by its English name; undefined where there is none. */
export function phrasebookOf(language: string): Phrasebook | undefined {
  const column = (COLUMNS as readonly string[]).indexOf(language) + 1;
  const phrases = PHRASES[language];
  if (column === 0 && phrases === undefined) return undefined;
  const book = new Map<string, string>();
  for (const line of (phrases ?? "").trim().split("\n")) {
    const [forms = "", english = ""] = line.split("|");
    for (const form of forms.split("/")) book.set(form, english);
  }
  if (column === 0) return book;
  for (const row of WORDS.trim().split("\n")) {
    const cells = row.split("|");
    for (const form of (cells[column] ?? "").split("/")) {
      const key = form.toLowerCase();
      if (!book.has(key)) book.set(key, cells[0] ?? "");
    }
  }
  return book;
}

/** Phrases that come out wrong word by word; for Dutch and Swedish the words too. */
const PHRASES: Record<string, string> = {
  French: `
c' est|it is
n' est pas|is not
ne tient pas|does not hold
ne marche pas/ne fonctionne pas|does not work
ne répond pas|does not answer
j' ai|I have
je trouve|I find
je préfère|I prefer
je préfère acheter|I prefer to buy
au magasin|at the shop
y est|is there
y est bien meilleur|is much better there
bien meilleur/bien meilleure|much better
livraison rapide|fast delivery
le meilleur|the best
capsules|capsules
préfère|prefer
un peu|a little
parce que/parce qu'|because
il y a|there is
tout est|everything is
s' est|has
autre|other
`,
  German: `
macht schöne bilder|takes beautiful pictures
macht gute bilder|takes good pictures
macht|makes
bilder|pictures
hält nur|lasts only
habe ich mehr erwartet|I expected more
erwartet|expected
nach einem monat|after a month
nach einer woche|after a week
antwortet auf|answers
antwortet nicht|does not answer
funktioniert nicht|does not work
nachrichten|messages
ich habe|I have
ich bin|I am
es ist|it is
ein wenig/ein bisschen|a little
sehr zufrieden|very happy
nicht mehr|no longer
zu teuer|too expensive
`,
  Spanish: `
llegó rota/llegó roto|arrived broken
no responde a|does not answer
no responde|does not answer
no funciona|does not work
mensajes|messages
un poco|a little
los cambiaron/las cambiaron|they exchanged them
cambiaron|exchanged
sin problemas|without problems
problemas|problems
me gusta|I like
me encanta|I love
no me gusta|I do not like
el primer día|on the first day
mi dinero de vuelta|my money back
`,
  Italian: `
è arrivata/è arrivato|arrived
di ritardo|of delay
taglia il|cuts the
taglia bene|cuts well
come il burro|like butter
come il primo giorno|as on the first day
come|like
burro|butter
è ancora|it is still
affilato/affilata|sharp
dopo un anno|after a year
non funziona|does not work
non risponde|does not answer
un po'/un poco|a little
mi piace|I like
`,
  Portuguese: `
mochila|backpack
leve|light
fecho|zip
no primeiro dia|on the first day
quero o meu dinheiro de volta|I want my money back
quero|I want
de volta|back
o meu/a minha/os meus/as minhas|my
chegou rápido|arrived quickly
em perfeito estado|in perfect condition
estado|condition
leu tudo|read everything
leu|read
em dois dias|in two days
não funciona|does not work
não responde|does not answer
um pouco|a little
pouco|little
tempo|time
dura pouco tempo|lasts only a short time
eu gosto|I like
`,
  Dutch: DUTCH,
  Swedish: SWEDISH,
};
