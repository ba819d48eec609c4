/** What is asked of the document. */
type Page = Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;

export interface PageActivity {
	/** The subscription is opened, or opened again: the server has yet to make it. */
	opening(): void;
	/** The subscription is there. */
	followed(): void;
	stop(): void;
}

/**
 * Tells the server whether somebody can see this page. To it a new subscription is looked at, so that each is corrected
 * once where that is wrong. A word that is lost is made good by the next subscription.
 */
export function tellActivity(page: Page, send: (isActive: boolean) => Promise<unknown>): PageActivity {
	let isFollowed = false;
	const isVisible = (): boolean => page.visibilityState === "visible";
	const tell = (): void => {
		if (isFollowed) send(isVisible()).catch(() => undefined);
	};
	page.addEventListener("visibilitychange", tell);
	return {
		opening: () => {
			isFollowed = false;
		},
		followed: () => {
			if (isFollowed) return;
			isFollowed = true;
			if (!isVisible()) tell();
		},
		stop: () => page.removeEventListener("visibilitychange", tell),
	};
}
