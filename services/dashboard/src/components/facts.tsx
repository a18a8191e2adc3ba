/** A list of named values, as in a drawer or beside a page. */
import type { ReactNode } from "react";
import "./facts.css";

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="facts__row">
      <dt className="facts__name">{name}</dt>
      <dd className="facts__value breakable">{children}</dd>
    </div>
  );
}
