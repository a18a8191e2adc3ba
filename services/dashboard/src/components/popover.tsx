/** A small layer at a button, for a form or a note. */
import * as Radix from "@radix-ui/react-popover";
import type { ReactNode } from "react";
import "./menu.css";

interface PopoverProps {
  trigger: ReactNode;
  label: string;
  children: (close: () => void) => ReactNode;
  open: boolean;
  onOpen: (open: boolean) => void;
  align?: "start" | "end";
}

export function Popover({ trigger, label, children, open, onOpen, align = "end" }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="popover" aria-label={label} align={align} sideOffset={4} collisionPadding={8}>
          {children(() => onOpen(false))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
