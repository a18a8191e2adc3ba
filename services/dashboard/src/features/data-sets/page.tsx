/** The data files that enrichment reads: where they come from, how old they are, how to replace them. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { Bone, Empty, Failure, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { dataSetsStrings as text } from "../../strings/data-sets";
import { DataSetRow } from "./row";
import "./data-sets.css";

const dataSetsQuery = queryOptions({
  queryKey: ["data-sets"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/data-sets", { signal })),
});

export function DataSetsPage() {
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      <section className="page__section">
        <Files />
      </section>
      <section className="page__section">
        <h2>{text.replace}</h2>
        <ul>
          {text.steps.map(([command, does]) => (
            <li key={command}><code className="mono">{command}</code> {does}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Files() {
  const { data, error, refetch } = useQuery(dataSetsQuery);
  if (data === undefined && error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <><Loading /><Bone size="l" /></>;
  if (!data.is_configured) return <Empty title={text.unknownFolder} hint={text.unknownFolderHint} />;
  return (
    <ul className="data-sets">
      {data.items.map((set) => <DataSetRow key={set.file} set={set} />)}
    </ul>
  );
}
