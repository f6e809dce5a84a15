/** A language, the words that give it away, and how somebody gives their name in it. */
interface Tongue {
  name: string;
  words: ReadonlySet<string>;
  /** matches an introduction, with the name as its group */
  introduced?: RegExp;
}

const NAME = String.raw`(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+){0,3})`;
const words = (list: string) => new Set(list.split(/\s+/));

const TONGUES: Tongue[] = [
  {
    name: "Spanish",
    words: words(
      `hola me llamo soy estoy tengo vivo quiero necesito ayuda gracias buenos buenas días noches cómo como estás está qué que cuál es
      el la los las un una de del por favor para con muy y mi tu su usted dónde cuándo español puedes`,
    ),
    introduced: new RegExp(`(?:me llamo|mi nombre es|soy) ${NAME}`, "iu"),
  },
  {
    name: "French",
    words: words(
      `bonjour salut je j m s suis ai habite voudrais veux merci beaucoup comment ça va quel quelle quels est le la les un une des du
      de et il elle nous vous plaît avec pour où temps fait aujourd hui français oui non mon ma mes tu appelle`,
    ),
    introduced: new RegExp(`(?:je m['’]appelle|mon nom est) ${NAME}`, "iu"),
  },
  {
    name: "German",
    words: words(
      `hallo ich heiße heisse bin und wohne komme aus in wie geht es dir ihnen danke bitte was ist ein eine der die das nicht mit für
      guten morgen tag abend mein meine du sie wir habe kannst wo wer warum deutsch auch`,
    ),
    introduced: new RegExp(`(?:ich hei(?:ß|ss)e|mein name ist|ich bin) ${NAME}`, "iu"),
  },
  {
    name: "Italian",
    words: words(
      `ciao mi chiamo sono ho vivo abito voglio grazie buongiorno buonasera come stai sta che cosa è il lo la gli un una di del per
      favore con molto e mio mia tuo dove quando puoi italiano perché non`,
    ),
    introduced: new RegExp(`(?:mi chiamo|il mio nome è) ${NAME}`, "iu"),
  },
  {
    name: "Portuguese",
    words: words(
      `olá oi tudo bem me chamo meu minha nome é eu sou estou tenho moro quero obrigado obrigada bom boa dia tarde noite como você
      o a os as um uma de do da por favor com muito e onde quando português não`,
    ),
    introduced: new RegExp(`(?:me chamo|(?:o )?meu nome é) ${NAME}`, "iu"),
  },
  {
    name: "Dutch",
    words: words(
      `hallo hoi ik heet ben en woon kom uit hoe gaat het met je jij dank wel alsjeblieft wat is een de het niet voor goedemorgen mijn
      waar wie waarom nederlands ook leraar`,
    ),
    introduced: new RegExp(`(?:ik heet|mijn naam is) ${NAME}`, "iu"),
  },
  {
    name: "Swedish",
    words: words(
      "hej jag heter är och bor kommer från hur mår du tack vad en ett inte med för god morgon min var svenska också",
    ),
    introduced: new RegExp(`(?:jag heter|mitt namn är) ${NAME}`, "iu"),
  },
  {
    name: "Danish or Norwegian",
    words: words(
      "hej jeg hedder heter er og bor kommer fra hvordan har det du tak takk hvad hva en et ikke med for god min hvor dansk norsk også",
    ),
    introduced: new RegExp(`(?:jeg he(?:dd|t)er|mit navn er) ${NAME}`, "iu"),
  },
  {
    name: "Polish",
    words: words(
      "cześć dzień dobry jestem mam mieszkam jak się nazywasz nazywam mam na imię co to jest dziękuję proszę i w z nie masz gdzie kto po polsku",
    ),
    introduced: new RegExp(`(?:nazywam się|mam na imię) ${NAME}`, "iu"),
  },
  {
    name: "Turkish",
    words: words(
      "merhaba benim adım ben nasılsın teşekkür ederim evet hayır bir ve bu ne nerede için türkçe",
    ),
    introduced: new RegExp(`(?:benim )?adım ${NAME}`, "iu"),
  },
];

const ENGLISH = words(
  `the a an is are was am i you he she it we they my your his her our their me us and or but not of in on at to for with from what who
  where when why how which do does did can could will would have has had this that there please hello hi hey thanks thank yes no name
  called call like love live work tell about know remember say said new its im whats translate to`,
);

const SCRIPTS: [RegExp, string][] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, "Japanese"],
  [/\p{sc=Hangul}/u, "Korean"],
  [/\p{sc=Han}/u, "Chinese"],
  [/\p{sc=Cyrillic}/u, "Russian, or another language in Cyrillic letters"],
  [/\p{sc=Arabic}/u, "Arabic, or another language in Arabic letters"],
  [/\p{sc=Greek}/u, "Greek"],
  [/\p{sc=Hebrew}/u, "Hebrew"],
  [/\p{sc=Thai}/u, "Thai"],
  [/\p{sc=Devanagari}/u, "Hindi, or another language in Devanagari letters"],
];
const INTRODUCED_IN_SCRIPT =
  /(?:меня зовут|мене звати) (\p{L}+)|我(?:叫|的名字是)\s?([\p{sc=Han}·]{1,6})|私の名前は\s?(\p{L}{1,12}?)です|제 이름은\s?(\p{L}{1,8}?)(?:입니다|이에요|예요)/iu;

/** The language of a sentence that is not English; undefined for English, and where it cannot be told. */
export function tongueOf(sentence: string): string | undefined {
  const text = sentence.slice(0, 400);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{sc=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin < letters / 2) return SCRIPTS.find(([script]) => script.test(text))?.[1];
  // A name that comes twice, as Ben, is one word that another language also has.
  const found = [
    ...new Set(
      text
        .toLowerCase()
        .replace(/(?<=\p{L})['’](?:s|m|re|ve|ll|d|t)(?!\p{L})/gu, "")
        .match(/\p{L}+/gu) ?? [],
    ),
  ];
  const english = found.filter((word) => ENGLISH.has(word)).length;
  // What is a word in both, as "is" in Dutch, gives nothing away.
  const others = found.filter((word) => !ENGLISH.has(word));
  const [best] = TONGUES.map(({ name, words: own }) => ({
    name,
    count: others.filter((word) => own.has(word)).length,
    shared: found.filter((word) => ENGLISH.has(word) && own.has(word)).length,
  })).sort((one, other) => other.count - one.count);
  const isTold =
    best && best.count + best.shared > english && best.count >= Math.max(2, found.length / 3);
  if (isTold) return best.name;
  return found.length <= 2 && SINGLE.has(found[0] ?? "") ? best?.name : undefined;
}

/** Words that give a language away all by themselves. */
const SINGLE = words(
  "hola gracias bonjour salut merci hallo danke ciao grazie olá obrigado obrigada hej tack takk cześć merhaba buongiorno guten",
);

export const isForeign = (sentence: string) => tongueOf(sentence) !== undefined;

/** The name that somebody gives in another language. */
export function nameInForeign(sentence: string): string | undefined {
  const text = sentence.slice(0, 400);
  const inScript = INTRODUCED_IN_SCRIPT.exec(text);
  if (inScript) return inScript.slice(1).find((group) => group !== undefined);
  const tongue = tongueOf(text);
  const said = TONGUES.find(({ name }) => name === tongue)?.introduced?.exec(text);
  const name = said?.[1]?.split(" ") ?? [];
  const end = name.findIndex((word) => /^\p{Ll}/u.test(word));
  // "Ich bin müde" is no introduction, "ich heiße jonas" is.
  if (end === 0) return /^(?:ich bin|soy)/i.test(said?.[0] ?? "") ? undefined : name[0];
  return name.slice(0, end < 0 ? undefined : end).join(" ") || undefined;
}
