import type { Page } from "@playwright/test";

/** A page of messages is higher than this, and no correction of a guess is. */
const pageHeightPx = 400;

/**
 * Goes to the upper end of the conversation, waits there for the next page of older messages, and says by how many
 * pixels the text of the first message on the screen moved in the frames after. What is seen by script alone, between a
 * change and the correction before the same frame is painted, is not counted: a jump is there in two looks in a row.
 */
export async function prependJump(page: Page): Promise<number> {
	return page.locator(".timeline").evaluate(async (box, enough) => {
		// A font that comes late moves every line, whatever is in front of it.
		await document.fonts.ready;
		const frame = (): Promise<number> => new Promise(requestAnimationFrame);
		const placeOf = (key: string): number => {
			const text = box.querySelector(`[data-key="${CSS.escape(key)}"] .text`);
			return text === null ? Number.POSITIVE_INFINITY : text.getBoundingClientRect().top;
		};
		for (let tries = 0; tries < 40; tries += 1) {
			box.scrollTop = 0;
			await frame();
			const edge = box.getBoundingClientRect().top;
			const first = [...box.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > edge);
			const key = first?.getAttribute("data-key") ?? "";
			const [height, place] = [box.scrollHeight, placeOf(key)];
			let [jump, last, grownFor] = [0, 0, 0];
			// A page that came before we looked leaves nothing to wait for: then the next one is it.
			for (let waited = 0; grownFor > 0 || waited < 60; waited += 1) {
				await frame();
				const moved = Math.abs(placeOf(key) - place);
				jump = Math.max(jump, Math.min(last, moved));
				last = moved;
				if (box.scrollHeight > height + enough) grownFor += 1;
				if (grownFor > 20) return jump;
			}
		}
		throw new Error("no older messages came");
	}, pageHeightPx);
}
