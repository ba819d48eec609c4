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
export function tellActivity(send: (isActive: boolean) => Promise<unknown>): PageActivity {
	let isFollowed = false;
	const isVisible = (): boolean => document.visibilityState === "visible";
	const tell = (): void => {
		if (isFollowed) send(isVisible()).catch(() => undefined);
	};
	document.addEventListener("visibilitychange", tell);
	return {
		opening: () => {
			isFollowed = false;
		},
		followed: () => {
			if (isFollowed) return;
			isFollowed = true;
			if (!isVisible()) tell();
		},
		stop: () => document.removeEventListener("visibilitychange", tell),
	};
}
