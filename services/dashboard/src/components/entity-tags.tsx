/** What is known of a thing, in words. */
import { strings } from "../strings";
import { Tag } from "./tag";

/** Worth a second look, by themselves. */
const WARNING = new Set(["vpn", "tor", "hosting", "spam_listed", "bot", "ai_bot", "library", "manipulated", "outdated", "disposable", "maybe_disposable", "suspicious", "invalid", "premium"]);

export function EntityTags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="status">
      {tags.map((tag) => <Tag key={tag} meaning={WARNING.has(tag) ? "warn" : "plain"}>{strings.tags[tag] ?? tag.replaceAll("_", " ")}</Tag>)}
    </span>
  );
}
