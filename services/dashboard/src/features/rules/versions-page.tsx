export function RuleVersionsPage() {
  return <h1>RuleVersions</h1>;
}
