/** German words for what passages are about, by their ids, as somebody asks who learns in German. */
const WORDS: Record<string, string> = {
  llm: "Sprachmodell, großes Sprachmodell",
  "next-token": "nächstes Token",
  attention: "Aufmerksamkeit",
  parameters: "Gewichte, Modellgewichte",
  "context-window": "Kontextfenster, Kontextlänge",
  "knowledge-cutoff": "Wissensstand, Wissensgrenze",
  hallucination: "Halluzination, Halluzinationen",
  "base-model": "Basismodell, Grundmodell",
  "chat-model": "Chatmodell",
  vocabulary: "Vokabular, Wortschatz",
  "token-count": "Token zählen, Tokens zählen",
  prompt: "Eingabe, Eingabeaufforderung",
  "system-message": "Systemnachricht, Systemprompt, System-Prompt",
  "message-roles": "Rollen, Nachrichtenrollen",
  "prompt-template": "Vorlage, Prompt-Vorlage, Promptvorlage",
  "chain-of-thought": "Gedankenkette, Denkschritte",
  "structured-output": "strukturierte Ausgabe, strukturierte Ausgaben",
  temperature: "Temperatur",
  seed: "Startwert, Zufallszahl",
  pretraining: "Vortraining",
  "training-data": "Trainingsdaten",
  loss: "Verlust, Verlustfunktion",
  "gradient-descent": "Gradientenabstieg",
  backpropagation: "Rückpropagierung, Fehlerrückführung",
  overfitting: "Überanpassung",
  "fine-tuning": "Feinabstimmung, Feintuning",
  quantisation: "Quantisierung",
  stateless: "zustandslos",
  memory: "Gedächtnis, Speicher",
  "window-memory": "Fenster, Gesprächsfenster",
  "summary-memory": "Zusammenfassung",
  "long-term-memory": "Langzeitgedächtnis",
  chain: "Kette, Ketten",
  "sequential-chain": "Abfolge, sequenzielle Kette",
  agent: "Agenten",
  tool: "Werkzeug, Werkzeuge",
  "tool-calling": "Werkzeugaufruf, Werkzeugaufrufe",
  embedding: "Einbettung, Einbettungen",
  vector: "Vektor, Vektoren",
  "cosine-similarity": "Kosinusähnlichkeit, Kosinus-Ähnlichkeit",
  "semantic-search": "semantische Suche, Suche nach Bedeutung",
  "hybrid-search": "hybride Suche, Hybridsuche",
  chunking: "Abschnitte, Textabschnitte",
  "chunk-overlap": "Überlappung",
  citations: "Quellen, Quellenangaben",
  "vector-store": "Vektordatenbank, Vektorspeicher",
  tenants: "Mandanten, Mandantenfähigkeit",
  durability: "Dauerhaftigkeit",
  backup: "Datensicherung, Sicherung",
  evaluation: "Bewertung, Auswertung",
  "test-set": "Testmenge, Testdaten",
  faithfulness: "Quellentreue, Treue",
  "personal-data": "personenbezogene Daten, Datenschutz, DSGVO",
  guardrails: "Leitplanken",
  bias: "Voreingenommenheit, Verzerrung",
  copyright: "Urheberrecht",
  price: "Preis, Preise, Kosten",
  latency: "Latenz, Antwortzeit, Wartezeit",
  timeouts: "Zeitüberschreitung",
  retries: "Wiederholungsversuche",
  "api-key": "API-Schlüssel, Schlüssel",
};

/** The id of the passage that a German word is about. */
export function idOfGerman(word: string): string | undefined {
  const wanted = plain(word);
  const isMeant = ([, words]: [string, string]) => words.split(", ").map(plain).includes(wanted);
  return Object.entries(WORDS).find(isMeant)?.[0];
}

/** All German words with the ids that they stand for. */
export const germanWords = (): [word: string, id: string][] =>
  Object.entries(WORDS).flatMap(([id, words]) =>
    words.split(", ").map((word): [string, string] => [word, id]),
  );

/** Without an article, capitals and umlauts, which not every keyboard has. */
function plain(word: string): string {
  const umlauts: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  return word
    .trim()
    .toLowerCase()
    .normalize("NFC")
    .replace(/^(?:der|die|das|ein|eine) /, "")
    .replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter);
}
