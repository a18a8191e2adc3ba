import type { ReactNode } from "react";
import "./tag.css";

type Meaning = "good" | "notice" | "warn" | "bad" | "plain";

export function Tag({ meaning = "plain", title, children }: { meaning?: Meaning; title?: string; children: ReactNode }) {
  return (
    <span className={`tag tag--${meaning}`} title={title}>
      {children}
    </span>
  );
}
