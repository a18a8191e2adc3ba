/** Numbers, places and paths in words. */
const integers = new Intl.NumberFormat("en-GB");
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const regions = new Intl.DisplayNames(["en-GB"], { type: "region", fallback: "none" });

/** What fits a table column without losing meaning; larger counts are shortened. */
const EXACT_MAX = 9_999_999;

export function count(value: number): string {
  return integers.format(value);
}

/** Exact while it fits, "1.2bn" beyond; show the exact number in the title then. */
export function compactCount(value: number): string {
  return Math.abs(value) <= EXACT_MAX ? integers.format(value) : short.format(value);
}

/** "Nigeria" for "NG"; the code itself when it names no place we know. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The part of a URL that tells where in the product something happened. Works on paths and on whole URLs. */
export function pathOf(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  return path === "" ? "/" : path;
}

/** "en-GB" as "British English"; the code when it is not a language we know. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en-GB"], { type: "language", fallback: "code" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "2 min 5 s": how long something lasted. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
