/** The places in the frame, in groups, with what waits there. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answer, api } from "../../api/client";
import { meQuery } from "../../api/queries";
import { compactCount } from "../../lib/format";
import { strings } from "../../strings";
import { type Place, PLACES } from "./places";

const COUNTS_REFRESH_MS = 15_000;

export const reviewCountsQuery = queryOptions({
  queryKey: ["review-counts"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/review/counts", { signal })),
  refetchInterval: COUNTS_REFRESH_MS,
});

export function Nav() {
  const permissions = useQuery(meQuery).data?.permissions;
  const counts = useQuery(reviewCountsQuery).data;
  const seen = ({ hidden, permission }: Place) => !hidden && (permission === undefined || permissions?.includes(permission));
  return (
    <div className="nav__groups">
      {PLACES.map((group) => (
        <div key={group.name} className="nav__group">
          <p className="nav__title" aria-hidden="true">{group.name}</p>
          <ul className="nav__list" aria-label={group.name}>
            {group.places.filter(seen).map((place) => (
              <li key={place.to}>
                <Link to={place.to} className="nav__link" activeOptions={{ exact: place.to === "/", includeSearch: false }}>
                  <place.icon />
                  <span>{place.name}</span>
                  {place.badge !== undefined && counts !== undefined && counts[place.badge] > 0 && (
                    <span className="nav__badge">{compactCount(counts[place.badge])}<span className="visually-hidden"> {strings.shell.waiting}</span></span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
