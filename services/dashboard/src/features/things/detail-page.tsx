export function ThingPage() {
  return <h1>Thing</h1>;
}
