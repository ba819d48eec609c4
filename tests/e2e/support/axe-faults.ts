import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const colourRules = ["color-contrast", "link-in-text-block"];
const modes = ["light", "dark"] as const;
const sizes = [
	{ width: 360, height: 740 },
	{ width: 1280, height: 800 },
];

/** The rules of WCAG A and AA that a screen breaks: in both modes, on a phone and on a desk. */
export async function findAxeFaults(page: Page, screen: string): Promise<readonly string[]> {
	const found: string[] = [];
	for (const size of sizes) {
		await page.setViewportSize(size);
		for (const colorScheme of modes) {
			await page.emulateMedia({ colorScheme });
			await settleColours(page);
			const axe = new AxeBuilder({ page });
			// The modes differ in colours alone.
			const { violations } = await (colorScheme === "light"
				? axe.withTags(levels)
				: axe.withRules(colourRules)
			).analyze();
			for (const { id, nodes } of violations) {
				for (const { target } of nodes)
					found.push(`${screen} ${size.width} ${colorScheme}: ${id} at ${target.join(" ")}`);
			}
		}
	}
	return found;
}

/** Colours fade from one mode, and from under the pointer, to the next: what is measured half way is neither. */
async function settleColours(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
		await Promise.allSettled(fading.map((animation) => animation.finished));
	});
}
