/** The owner's pages in the order of their list; each is found at `/admin/<name>`. */
export const adminSections = ["overview", "people", "tokens", "reports", "federation", "assistant", "chat"] as const;

export type AdminSection = (typeof adminSections)[number];

/** The section that an address asks for: the bare one is the overview, an unknown one is none. */
export function sectionOf(path: readonly string[]): AdminSection | undefined {
	const [asked, ...more] = path;
	if (asked === undefined) return "overview";
	return more.length === 0 ? adminSections.find((section) => section === asked) : undefined;
}
