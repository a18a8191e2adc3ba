/** From nothing to the first event: a key, a request, and the moment it arrives. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { CopyButton } from "../../components/copy-button";
import { Segmented } from "../../components/segmented";
import { Failure } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { createKept } from "../../lib/kept";
import { useMay } from "../../lib/may";
import { useStore } from "../../lib/store";
import { start as text } from "../../strings/start";
import { snippets } from "./snippets";
import "./start.css";

const POLL_MS = 2_000;
const EVENTS_PER_SECOND = 1_000;
const ingestUrl = createKept("ingest-url", `http://${location.hostname}:8080`, (kept) => (typeof kept === "string" ? kept : undefined));

export function StartPage() {
  useTitle(text.title);
  const [key, setKey] = useState("");
  return (
    <div className="start">
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      <KeyPart apiKey={key} onKey={setKey} />
      <SendPart apiKey={key} />
      <Arrival />
    </div>
  );
}

function KeyPart({ apiKey, onKey }: { apiKey: string; onKey: (key: string) => void }) {
  const may = useMay("keys");
  const make = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/keys", { body: { label: `start ${new Date().toISOString()}`, events_per_second: EVENTS_PER_SECOND } })),
    onSuccess: ({ api_key: made }) => onKey(made),
  });
  return (
    <section className="page__section">
      <h2>{text.key}</h2>
      {may ? <button type="button" className="button button--primary" disabled={make.isPending || make.isSuccess} onClick={() => make.mutate()}>{make.isPending ? text.making : text.make}</button>
        : <p className="muted">{text.mayNot}</p>}
      {make.isError && <Failure error={make.error} onRetry={() => make.mutate()} />}
      {make.isSuccess && <p className="start__made" role="status"><code className="mono breakable">{make.data.api_key}</code> <CopyButton text={make.data.api_key} what={text.keyName} /> <span className="muted">{text.made}</span></p>}
      <label className="start__field">{text.own}
        <input className="field mono" value={apiKey} spellCheck={false} autoComplete="off" onChange={(event) => onKey(event.target.value.trim())} />
      </label>
    </section>
  );
}

function SendPart({ apiKey }: { apiKey: string }) {
  const url = useStore(ingestUrl);
  const [language, setLanguage] = useState("curl");
  const offered = snippets(url, apiKey || text.placeholder);
  const shown = offered.find(({ name }) => name === language)?.text ?? "";
  return (
    <section className="page__section">
      <h2>{text.send}</h2>
      <label className="start__field">{text.url}
        <input className="field mono" type="url" value={url} onChange={(event) => ingestUrl.set(event.target.value.trim())} />
      </label>
      <Segmented label={text.language} value={language} options={offered.map(({ name }) => ({ value: name, label: name }))} onChange={setLanguage} />
      <div className="start__snippet"><pre className="mono">{shown}</pre><CopyButton text={shown} what={text.copy} /></div>
    </section>
  );
}

/** Asks until the first event is there, then leads on. */
function Arrival() {
  const newest = useQuery({
    queryKey: ["first-event"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/events", { signal, params: { query: { limit: 1 } } })),
    refetchInterval: ({ state }) => (state.data?.items.length ? false : POLL_MS),
  });
  const event = newest.data?.items[0];
  return (
    <section className="page__section">
      <h2>{text.wait}</h2>
      <p role="status">
        {event ? <>{text.arrived} <Link to="/activity" search={{ event: event.event_id }}>{text.open}</Link></> : newest.isError ? text.failed : text.waiting}
      </p>
      {event && (
        <>
          <h3>{text.next}</h3>
          <ul className="start__next">
            <li><Link to="/rules">{text.steps.preset}</Link></li>
            <li><Link to="/settings/{-$section}" params={{ section: "people" }}>{text.steps.people}</Link></li>
            <li><Link to="/settings/{-$section}" params={{ section: undefined }}>{text.steps.zone}</Link></li>
            <li><Link to="/account">{text.steps.factor}</Link></li>
          </ul>
        </>
      )}
    </section>
  );
}
