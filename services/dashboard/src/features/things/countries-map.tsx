/** Where users are: the number of users of every country. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bone, Failure } from "../../components/states";
import { WorldMap } from "../../components/world-map";
import { things as text } from "../../strings/things";
import { countriesQuery } from "./queries";

export function CountriesMap() {
  const query = useQuery(countriesQuery);
  const navigate = useNavigate();
  const values = Object.fromEntries(query.data?.items.map(({ key, users }) => [key, users]) ?? []);
  return (
    <section className="card things__map" aria-labelledby="countries-map">
      <h2 id="countries-map">{text.mapTitle}</h2>
      {query.data ? <WorldMap values={values} label={text.mapTitle} unit={text.mapUnit} onChoose={(key) => void navigate({ to: "/$kind/$key", params: { kind: "countries", key } })} />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : <div className="things__mapwait"><Bone size="l" /></div>}
    </section>
  );
}
