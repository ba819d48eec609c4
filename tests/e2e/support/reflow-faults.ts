import type { Page } from "@playwright/test";

/** What is wider than the window: the page itself, or anything in it that a person sees and would have to move sideways. */
export function findSidewaysScroll(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const isVisible = (one: Element): boolean =>
			one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
		const scrolls = (one: Element): boolean =>
			one.scrollWidth > one.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
		return [...document.querySelectorAll("*")]
			.filter((one) => isVisible(one) && (scrolls(one) || one === document.documentElement))
			.filter((one) => one.scrollWidth > one.clientWidth + 1)
			.map((one) => `${location.pathname} at ${innerWidth}: ${one.tagName} ${one.className}`);
	});
}

/**
 * What cannot be read or reached: text that its box cuts off without saying so by an ellipsis, and controls that stay
 * outside the window wherever one scrolls, or under something else.
 */
export function findCutContent(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const isSeen = (one: Element): boolean => {
			const { width, height } = one.getBoundingClientRect();
			const isShown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
			// What is meant for screen readers alone is one pixel large.
			return isShown && width > 1 && height > 1;
		};
		const nameOf = (one: Element): string =>
			`${location.pathname} at ${innerWidth}: ${one.tagName} ${one.className} “${(one.textContent ?? "").slice(0, 40)}”`;
		const holdsText = (one: Element): boolean =>
			[...one.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
		const cuts = (one: Element): boolean => {
			const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(one);
			if (textOverflow === "ellipsis" || webkitLineClamp !== "none") return false;
			const isWide = one.scrollWidth > one.clientWidth + 1 && ["hidden", "clip"].includes(overflowX);
			const isHigh = one.scrollHeight > one.clientHeight + 1 && ["hidden", "clip"].includes(overflowY);
			return isWide || isHigh;
		};
		const isReached = (one: Element): boolean => {
			one.scrollIntoView({ block: "center", inline: "center" });
			const { left, right, top, bottom } = one.getBoundingClientRect();
			const [x, y] = [(left + right) / 2, (top + bottom) / 2];
			if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
			const there = document.elementFromPoint(x, y);
			return there !== null && (one.contains(there) || there.contains(one));
		};
		// Fields by which a password manager learns what to keep: nobody sees, hears or reaches them, on purpose.
		const isForMachines = (one: Element): boolean =>
			one instanceof HTMLElement && one.tabIndex < 0 && one.closest(".visually-hidden[aria-hidden=true]") !== null;
		const dialog = document.querySelector("dialog[open], [role=dialog], [role=menu]");
		const root = dialog ?? document.body;
		const inSight = [...root.querySelectorAll("*")].filter(isSeen);
		const controls = inSight.filter((one) => one.matches("a[href], button, input, textarea, select, [role=menuitem]"));
		return [
			...inSight.filter((one) => holdsText(one) && cuts(one)).map((one) => `cut: ${nameOf(one)}`),
			...controls.filter((one) => !isForMachines(one) && !isReached(one)).map((one) => `out of reach: ${nameOf(one)}`),
		];
	});
}
