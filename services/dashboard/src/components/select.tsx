/** The browser's own select, drawn like the other controls. */
import type { ReactNode } from "react";
import { DownIcon } from "./icons";
import "./select.css";

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
  children: ReactNode;
}

export function Select({ label, value, onChange, className = "", children }: SelectProps) {
  return (
    <span className={`select ${className}`}>
      <select className="field select__field" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      <DownIcon />
    </span>
  );
}
