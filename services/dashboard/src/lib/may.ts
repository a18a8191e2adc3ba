/** What the one who looks may do. The server decides; this only keeps buttons away that it would refuse. */
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/queries";

export type Permission =
  | "read" | "personal" | "export" | "review" | "lists" | "rules" | "settings" | "keys" | "people" | "audit" | "erase";

export function useMay(permission: Permission): boolean {
  return useQuery(meQuery).data?.permissions.includes(permission) ?? false;
}
