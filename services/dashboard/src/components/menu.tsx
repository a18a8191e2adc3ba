/** A menu of actions behind a button. Radix does the focus and the keys; the look is ours. */
import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import "./menu.css";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
}

export function Menu({ trigger, children, align = "end" }: MenuProps) {
  return (
    // Not modal: locking the page's scrolling needs inline styles, which the policy forbids.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>{children}</Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  /** Cannot be undone. */
  grave?: boolean;
  /** Stays open, as for switches. */
  stay?: boolean;
}

export function MenuItem({ children, onSelect, disabled, grave = false, stay = false }: ItemProps) {
  const select = (event: Event) => {
    if (stay) event.preventDefault();
    onSelect();
  };
  return <Radix.Item className={`menu__item ${grave ? "menu__item--grave" : ""}`} disabled={disabled} onSelect={select}>{children}</Radix.Item>;
}

export function MenuSwitch({ children, on, onChange }: { children: ReactNode; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Radix.CheckboxItem className="menu__item menu__item--switch" checked={on} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <Radix.ItemIndicator className="menu__mark">✓</Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu__label">{children}</Radix.Label>;
}

export const MenuLine = () => <Radix.Separator className="menu__line" />;
