/** The site as plain files, and what a learner does with it. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { listenTo } from "./looks.mjs";
import { SCENES, SHORT_SCENES } from "./scenes.mjs";

const root = join(import.meta.dirname, "../..");
/** A step of training in the page takes a while where other programs run, too. */
const PATIENCE = 120_000;

/** Makes the site in a folder, serves it on loopback and plays the scenes. */
export async function checkSite({ browser, axe }, { results, folder, isShort }) {
  const files = join(folder, "site");
  execFileSync(process.execPath, [join(root, "scripts/site.mjs"), files], { stdio: "ignore" });
  const { url, close } = await serveFiles(files);
  const scenes = Object.entries(SCENES).filter(([name]) => !isShort || SHORT_SCENES.includes(name));
  try {
    for (const [name, scene] of scenes) {
      results.begin(`site: ${name}`);
      const visits = new Visits(browser, url);
      try {
        await scene({ axe, open: (path) => visits.open(path) }, results);
      } catch (error) {
        results.row("the scene", [], [`it came to no end: ${error.message.split("\n")[0]}`]);
      }
      const noise = await visits.close();
      results.row(
        "all along",
        noise.length === 0 ? ["nothing from elsewhere, no complaint"] : [],
        noise,
      );
    }
  } finally {
    await close();
  }
}

/** The pages of a scene, each of a reader who has never been there. */
class Visits {
  #browser;
  #url;
  #pages = [];

  constructor(browser, url) {
    this.#browser = browser;
    this.#url = url;
  }

  async open(path) {
    const context = await this.#browser.newContext({ viewport: { width: 1024, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    this.#pages.push({ path, context, heard: listenTo(page) });
    await page.goto(this.#url + path);
    return page;
  }

  /** What the pages asked for elsewhere, and complained of. */
  async close() {
    const noise = this.#pages.flatMap(({ path, heard }) => [
      ...heard.requests
        .filter((asked) => !asked.startsWith(this.#url))
        .map((asked) => `${path} asks for ${asked}`),
      ...heard.complaints.map((words) => `the console of ${path} has: ${words}`),
    ]);
    for (const { context } of this.#pages) await context.close();
    return noise;
  }
}

async function serveFiles(files) {
  const app = new Hono().use("*", serveStatic({ root: files }));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
