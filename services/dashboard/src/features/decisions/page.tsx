export function DecisionsPage() {
  return <h1>Decisions</h1>;
}
