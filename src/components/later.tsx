import { type ComponentType, useEffect, useState } from "react";

/** A part of the screen whose script is no part of the page's. */
export interface LaterPart<Props extends object> {
	fetched: ComponentType<Props> | undefined;
	readonly fetch: () => Promise<ComponentType<Props>>;
}

/** Fetches the part once the page is there and the browser has nothing else to do, so that it opens at once. */
export function laterPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterPart<Props> {
	const part: LaterPart<Props> = {
		fetched: undefined,
		fetch: async () => {
			part.fetched ??= await load();
			return part.fetched;
		},
	};
	whenIdle(() => void part.fetch().catch(() => undefined));
	return part;
}

function whenIdle(work: () => void): void {
	if (typeof window === "undefined") return;
	const schedule = () => ("requestIdleCallback" in window ? requestIdleCallback(work) : setTimeout(work, 500));
	if (document.readyState === "complete") schedule();
	else addEventListener("load", schedule, { once: true });
}

interface LaterProps<Props extends object> {
	readonly part: LaterPart<Props>;
	readonly props: Props;
}

/** Shows a part as soon as its script is there. Where it could not be fetched, the next opening tries again. */
export function Later<Props extends object>({ part, props }: LaterProps<Props>) {
	const [Part, setPart] = useState(() => part.fetched);
	useEffect(() => {
		part.fetch().then(
			(fetched) => setPart(() => fetched),
			() => undefined,
		);
	}, [part]);
	return Part === undefined ? null : <Part {...props} />;
}
