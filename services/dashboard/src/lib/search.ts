/** Search parameters as plain `key=value`, so that a URL can be read and written by hand. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** A non-empty string, or nothing. */
export function textParam(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function timeParam(value: unknown): string | undefined {
  const text = textParam(value);
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** One of the values allowed, or nothing. */
export function choiceParam<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

/** A number, or nothing. */
export function numberParam(value: unknown): number | undefined {
  const text = textParam(value);
  return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
}
