export function FieldHistoryPage() {
  return <h1>FieldHistory</h1>;
}
