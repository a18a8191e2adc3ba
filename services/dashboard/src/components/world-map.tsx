/** Numbers by country on a map of the world, with the same countries as a list beside it. */
import { lazy, Suspense } from "react";
import { Bone } from "./states";
import "./world-map.css";

export interface WorldMapProps {
  /** By two letters, ISO 3166. */
  values: Readonly<Record<string, number>>;
  label: string;
  /** What is counted, as in "216 users". */
  unit: string;
  onChoose: (code: string) => void;
}

// The outlines are large and few pages show them.
const Map = lazy(() => import("./world-map/map").then(({ Map: component }) => ({ default: component })));

export function WorldMap(props: WorldMapProps) {
  return (
    <Suspense fallback={<div className="worldmap"><div className="worldmap__sheet"><div className="worldmap__blank"><Bone size="l" /></div></div></div>}>
      <Map {...props} />
    </Suspense>
  );
}
