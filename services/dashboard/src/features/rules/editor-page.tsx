export function RuleEditorPage() {
  return <h1>RuleEditor</h1>;
}
