/** Rules and policies of the tenant's own, written and checked. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { rulesQuery } from "../../api/queries";
import { BackIcon } from "../../components/icons";
import { Bone, Failure, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { rules as strings } from "../../strings/rules";
import { PackEditor } from "./editor/pack-editor";
import { freeId, isTemplate, TEMPLATES, templateText } from "./editor/templates";
import { ruleSetQuery } from "./queries";
import { RescoreStrip } from "./rescore-strip";
import type { RuleSet } from "./types";
import "./rules.css";
import "./editor/editor.css";

const text = strings.editor;

export function RuleEditorPage() {
  const current = useQuery(ruleSetQuery);
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <Link to="/rules" className="button button--quiet"><BackIcon />{strings.title}</Link>
      </header>
      <p className="page__lead">{text.lead}</p>
      <RescoreStrip />
      {current.isPending ? <p className="editor__loading"><Loading /><Bone size="l" /></p>
        : current.isError && !current.data ? <Failure error={current.error} onRetry={() => void current.refetch()} />
        : <Chosen current={current.data} />}
    </>
  );
}

function Chosen({ current }: { current: RuleSet }) {
  const [{ pack, template }] = useUrl();
  const ids = useQuery(rulesQuery).data?.items;
  const packs = current.content.packs ?? [];
  const opened = packs.find(({ name }) => name === pack) ?? (template === undefined ? packs[0] : undefined);
  if (template !== undefined && !ids) return <Loading />;
  return (
    <>
      <nav className="packs" aria-label={text.pack}>
        {packs.map(({ name }) => <Link key={name} to="/rules/editor" search={{ pack: name }} className="packs__one" aria-current={opened?.name === name ? "page" : undefined}><bdi>{name}</bdi></Link>)}
        {packs.length > 0 && <Link to="/rules/editor" search={{ template: "choose" }} className="packs__one" aria-current={opened ? undefined : "page"}>{text.newPack}</Link>}
      </nav>
      {opened ? <PackEditor key={`pack ${opened.name}`} current={current} name={opened.name} start={opened.text} />
        : isTemplate(template) ? <PackEditor key={`new ${template}`} current={current} name={null} start={templateText(template, freeId(new Set(ids?.map(({ rule_id: id }) => id))))} />
        : <Templates first={packs.length === 0} />}
    </>
  );
}

function Templates({ first }: { first: boolean }) {
  return (
    <section className="templates">
      <h2>{first ? text.noPacks : text.templates}</h2>
      {first && <p className="muted">{text.noPacksTry}</p>}
      <ul className="templates__list">
        {TEMPLATES.map((name) => (
          <li key={name} className="card templates__one">
            <Link to="/rules/editor" search={{ template: name }} className="list__open"><strong>{strings.templates[name].name}</strong></Link>
            <p className="muted small">{strings.templates[name].hint}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
