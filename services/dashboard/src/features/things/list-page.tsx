export function ThingsPage() {
  return <h1>Things</h1>;
}
