/** What is shown once and kept nowhere: a key, a token, a link. */
import { CopyButton } from "../../components/copy-button";
import { settings as text } from "../../strings/settings";

interface ShownOnceProps {
  title: string;
  lead: string;
  secret: string;
  what: string;
  onDone: () => void;
}

export function ShownOnce({ title, lead, secret, what, onDone }: ShownOnceProps) {
  return (
    <section className="card secret" role="status" aria-label={title}>
      <h3><bdi>{title}</bdi></h3>
      <p className="muted small">{lead}</p>
      <p className="secret__line"><code className="mono breakable secret__text">{secret}</code> <CopyButton text={secret} what={what} /></p>
      <p><button type="button" className="button" onClick={onDone}>{text.secret.done}</button></p>
    </section>
  );
}
