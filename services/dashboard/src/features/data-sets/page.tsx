export function DataSetsPage() {
  return <h1>DataSets</h1>;
}
