import { LabError } from "../errors.ts";
import { nearest } from "../suggest.ts";
import { type Address, isAddress, readAddress, shownAddress } from "./address.ts";
import { ENGINES, type Engine, engineFor, STORE_NAMES, type StoreLocation } from "./engines.ts";

/** A variable that says something about stores, and where it was set. */
export interface StoreSetting {
  value: string;
  /** "QDRANT_URL in the environment", "QDRANT_URL in line 3 of .env" */
  origin: string;
  isInFile: boolean;
}

/** By the variable's name; see `STORE_VARIABLES`. */
export type StoreSettings = Readonly<Record<string, StoreSetting | undefined>>;

interface Wish {
  /** what follows --store */
  store?: string;
  /** what follows the verb's flag for a place */
  place?: string;
  /** that flag; left out where the verb has none */
  placeFlag?: "--in" | "--into";
  settings?: StoreSettings;
  /** the folder that LanceDB uses where none is typed */
  ownFolder?: string;
}

export interface Located extends StoreLocation {
  /** for people: the engine and where it is, without a password */
  name: string;
  /** for people: the address of a server, without a password */
  at?: string;
  /** whether nothing was typed */
  isDefault: boolean;
}

/**
 * Says which store is meant and where it is, from what was typed and what is set: the same for every verb.
 *
 * @throws LabError with exit code 2 that says what to type instead, and shows no password
 */
export function locateStore(wish: Wish): Located {
  const { placeFlag = "--into", settings = {}, ownFolder } = wish;
  const store = filled("--store", wish.store);
  const place = filled(placeFlag, wish.place);
  const isDefault = store === undefined && place === undefined;
  if (store !== undefined && isAddress(store)) {
    const address = readAddress({ value: store, origin: "--store" });
    if (place !== undefined) throw twoPlaces(address.engine, placeFlag);
    return atAddress(address, settings);
  }
  const engine = store === undefined ? undefined : named(store, wish.placeFlag);
  if (engine?.needs === "address") {
    const setting = place === undefined ? settings[engine.settings.address ?? ""] : undefined;
    return atAddress(addressOf(engine, place, placeFlag, setting), settings, setting);
  }
  if (place !== undefined && isAddress(place)) {
    if (engine) throw noServer(engine, placeFlag);
    return atAddress(readAddress({ value: place, origin: placeFlag }), settings);
  }
  if (engine?.needs === "nothing") return { store: engine.name, name: engine.name, isDefault };
  if (engine === undefined && place !== undefined) notAName(place, placeFlag);
  const path = place ?? ownFolder;
  return { store: "lancedb", path, name: path ? `lancedb in ${path}` : "lancedb", isDefault };
}

/** What is set about an engine's server; undefined where nothing is. For `doctor`. */
export function locateBySettings(engine: Engine, settings: StoreSettings): Located | undefined {
  const { address } = engine.settings;
  if (address === undefined || settings[address] === undefined) return undefined;
  return locateStore({ store: engine.name, settings });
}

/** A flag's value without the spaces around it. */
function filled(flag: string, value: string | undefined): string | undefined {
  if (value === undefined || value.trim() !== "") return value?.trim();
  throw wrong(`${flag} is empty`, "Leave it out, or give it a value.");
}

function named(store: string, placeFlag: string | undefined): Engine {
  const name = store.toLowerCase();
  const engine = ENGINES.find((one) => one.name === name);
  if (engine) return engine;
  const isPath = /[/\\]|^\.|^~/.test(store);
  // "postgres" is how pgvector's addresses begin.
  const near = engineFor(name)?.name ?? nearest(name, STORE_NAMES);
  const hints = [
    isPath && placeFlag && `A folder follows ${placeFlag}.`,
    !isPath && near && `Did you mean ${near}?`,
    `Choose ${STORE_NAMES.join(", ")}, or give ${examples()}.`,
  ];
  throw wrong(`There is no store called ${JSON.stringify(store)}`, hints.filter(Boolean).join(" "));
}

/** The address of a server that was chosen by its name. */
function addressOf(
  engine: Engine,
  place: string | undefined,
  placeFlag: string,
  setting: StoreSetting | undefined,
): Address {
  if (place !== undefined) {
    if (!isAddress(place) && place !== "localhost" && /^[./~]|\\|^\w+$/.test(place))
      throw wrong(
        `${engine.name} is a server, and ${placeFlag} gives a folder`,
        `Give its address: ${placeFlag} ${engine.example}.`,
      );
    return readAddress({ value: place, origin: placeFlag }, engine);
  }
  if (setting) return readAddress(setting, engine);
  throw wrong(
    `${engine.name} is a server, and nothing says where it is`,
    `Give --store ${engine.example}, or set ${engine.settings.address} in the environment or in .env.`,
  );
}

function atAddress(
  { engine, url }: Address,
  settings: StoreSettings,
  setting?: StoreSetting,
): Located {
  const at = shownAddress(url);
  const name = `${engine.name} at ${at}`;
  const apiKey = new URL(url).password === "" ? keyFor(engine, settings, setting) : undefined;
  return { store: engine.name, url, apiKey, name, at, isDefault: false };
}

/** The key that is set for a server. */
function keyFor(
  engine: Engine,
  settings: StoreSettings,
  address: StoreSetting | undefined,
): string | undefined {
  const key = settings[engine.settings.key ?? ""];
  if (!key) return undefined;
  if (!/^[\x21-\x7e]+$/.test(key.value))
    throw wrong(
      `The key in ${key.origin} has a space, a line break or a letter that no key has`,
      "Copy the key again, without quotation marks or anything around it.",
    );
  // A folder from somebody else may bring an .env: it must not draw the user's own key to its server.
  if (address?.isInFile && !key.isInFile)
    throw wrong(
      `${address.origin} names a server, and the key is ${key.origin}`,
      "Set both in the environment or both in .env, so that the key goes to the server it is for.",
    );
  return key.value;
}

function noServer(engine: Engine, placeFlag: string): LabError {
  const what = engine.needs === "folder" ? "keeps its vectors in a folder" : "has no address";
  return wrong(
    `${engine.name} ${what}, and ${placeFlag} gives an address`,
    `Leave out --store ${engine.name}, or give a folder with ${placeFlag}.`,
  );
}

function twoPlaces(engine: Engine, placeFlag: string): LabError {
  return wrong(
    `--store gives the address of ${engine.name}, and ${placeFlag} another place`,
    `Leave out ${placeFlag}.`,
  );
}

/** A store's name where a folder is expected is a mistake more often than a folder. */
function notAName(place: string, placeFlag: string): void {
  const engine = ENGINES.find((one) => one.name === place.toLowerCase());
  if (!engine) return;
  throw wrong(
    `${place} is a store, and ${placeFlag} takes a folder or an address`,
    `Write --store ${engine.name}, or ${placeFlag} ./${place} for a folder of that name.`,
  );
}

function examples(): string {
  return ENGINES.filter(({ needs }) => needs === "address")
    .map(({ example }) => example)
    .join(" or ");
}

function wrong(message: string, hint: string): LabError {
  return new LabError(message, hint, 2);
}
