export function LogbookPage() {
  return <h1>Logbook</h1>;
}
