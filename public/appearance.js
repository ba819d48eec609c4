// Runs before the first paint. What is kept are the attributes of the page themselves: see src/client/appearance.
try {
	Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("kith.appearance") ?? "{}"));
} catch {
	// A browser that keeps nothing shows what is shipped.
}
