/** A whole number within bounds, as typed; nothing when it is none. */
export function wholeNumber(typed: string, min: number, max: number): number | null {
  if (!/^\d{1,9}$/.test(typed.trim())) return null;
  const value = Number(typed);
  return value >= min && value <= max ? value : null;
}
