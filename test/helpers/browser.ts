import { existsSync } from "node:fs";

/** Browser for the tests of pages: CHROME_PATH, or Debian's Chromium; null where there is none. */
export function findBrowser(): string | null {
  const places = [process.env["CHROME_PATH"], "/usr/bin/chromium"];
  return places.find((path) => path !== undefined && path !== "" && existsSync(path)) ?? null;
}
