// Runs before the first paint so that a chosen theme never flashes. The choice is made in the app.
try {
  const theme = localStorage.getItem("innerwall.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system preference then holds.
}
