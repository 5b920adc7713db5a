import { formatInteger } from "../../report/format/ether.ts";

/** A number for readers: so many digits, with commas between thousands. */
export function readable(value: number, digits = 4): string {
  const [whole = "", places] = String(Number(value.toPrecision(digits))).split(".");
  const grouped = /^-?\d+$/.test(whole) ? formatInteger(whole) : whole;
  return places === undefined ? grouped : `${grouped}.${places}`;
}
