export function ListsPage() {
  return <h1>Lists</h1>;
}
