/** The outlines of countries, drawn once. The data is a file of our own; nothing is asked from anybody else. */
import { queryOptions } from "@tanstack/react-query";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import dataUrl from "world-atlas/countries-110m.json?url";
import { lettersOf } from "./codes";

export const WIDTH = 960;
export const HEIGHT = 450;
/** Nobody signs in from there, and it takes much of the height. */
const LEFT_OUT = "Antarctica";

export interface Shape {
  /** Absent for areas without a code. */
  code?: string;
  name: string;
  path: string;
}

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

function shapesOf(world: World): Shape[] {
  const all = feature(world, world.objects.countries);
  const features = all.features.filter(({ properties }) => properties.name !== LEFT_OUT);
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "FeatureCollection", features });
  const draw = geoPath(projection).digits(1);
  return features.map((one) => {
    const id = one.id === undefined ? undefined : String(one.id);
    return { code: lettersOf(id, one.properties.name), name: one.properties.name, path: draw(one) ?? "" };
  });
}

export const shapesQuery = queryOptions({
  queryKey: ["world-shapes"],
  queryFn: async ({ signal }) => {
    const response = await fetch(dataUrl, { signal });
    if (!response.ok) throw new Error(`map data: ${response.status}`);
    const world: World = await response.json();
    return shapesOf(world);
  },
  staleTime: Number.POSITIVE_INFINITY,
});
