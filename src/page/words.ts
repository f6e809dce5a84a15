/** The page's own words, in the languages that lessons are in. */
const ENGLISH = {
  skip: "Skip to the content",
  title: "How LLM applications work",
  about:
    "Lessons with LangChain.js. You see every prompt that was sent, change a knob, and run it again.",
  where: "Steps run in the llm-lab open of your terminal.",
  runAll: "Run all steps",
  runOne: "Run this step",
  stop: "Stop",
  needsScript: "Running needs JavaScript.",
  needsServer:
    "Running needs JavaScript, and a page that a web server sends: it does not run from a file.",
  keys: "Where a text names a key of the terminal: for e, change a knob here; for a, run the step again.",
  knobs: "Knobs",
  step: "Step",
  of: "of",
  others: "Other sections",
  before: "Before",
  next: "Next",
  running: "Running …",
  done: "Done.",
  stopped: "Stopped.",
  waiting: "Waiting for your answer.",
  goOn: "(go on without an answer)",
};

export type Words = typeof ENGLISH;

const GERMAN: Words = {
  skip: "Zum Inhalt springen",
  title: "Wie Anwendungen mit Sprachmodellen funktionieren",
  about:
    "Lektionen mit LangChain.js. Du siehst jeden Prompt, der gesendet wurde, änderst einen Wert und führst alles noch einmal aus.",
  where: "Die Schritte laufen im llm-lab open deines Terminals.",
  runAll: "Alle Schritte ausführen",
  runOne: "Diesen Schritt ausführen",
  stop: "Anhalten",
  needsScript: "Zum Ausführen braucht die Seite JavaScript.",
  needsServer:
    "Zum Ausführen braucht die Seite JavaScript und einen Webserver, der sie sendet: Aus einer Datei läuft sie nicht.",
  keys: "Wo ein Text eine Taste des Terminals nennt: Statt e ändere hier einen Wert, statt a führe den Schritt noch einmal aus.",
  knobs: "Einstellungen",
  step: "Schritt",
  of: "von",
  others: "Andere Abschnitte",
  before: "Davor",
  next: "Danach",
  running: "Läuft …",
  done: "Fertig.",
  stopped: "Angehalten.",
  waiting: "Die Seite wartet auf deine Antwort.",
  goOn: "(ohne Antwort weiter)",
};

const BY_LANGUAGE: Record<string, Words> = { en: ENGLISH, de: GERMAN };

/** The words of a page in a language; English ones where it has none. */
export const wordsIn = (language: string): Words =>
  (Object.hasOwn(BY_LANGUAGE, language) && BY_LANGUAGE[language]) || ENGLISH;
