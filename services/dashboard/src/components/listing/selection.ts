/** Rows chosen for one action on many. */
import { useMemo, useState } from "react";

export interface Selection {
  size: number;
  has: (key: string) => boolean;
  toggle: (key: string) => void;
  set: (keys: readonly string[]) => void;
  keys: () => string[];
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      size: chosen.size,
      has: (key) => chosen.has(key),
      toggle: (key) =>
        setChosen((before) => {
          const after = new Set(before);
          if (!after.delete(key)) after.add(key);
          return after;
        }),
      set: (keys) => setChosen(new Set(keys)),
      keys: () => [...chosen],
    }),
    [chosen],
  );
}
