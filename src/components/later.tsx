import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { untilFetched } from "../shared/until-fetched.ts";
import { whenCalm } from "./calm.ts";

/** A part of the screen whose script is no part of the page's. */
export interface LaterPart<Props extends object> {
	fetched: ComponentType<Props> | undefined;
	readonly fetch: () => Promise<ComponentType<Props>>;
}

/** Fetches the part once the page is calm, so that it opens at once. */
export function laterPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterPart<Props> {
	const part: LaterPart<Props> = {
		fetched: undefined,
		fetch: async () => {
			part.fetched ??= await load();
			return part.fetched;
		},
	};
	void whenCalm().then(() => part.fetch().catch(() => undefined));
	return part;
}

interface LaterProps<Props extends object> {
	readonly part: LaterPart<Props>;
	readonly props: Props;
	/** What stands there while the script is fetched. */
	readonly meanwhile?: ReactNode;
	/** What can do without for a moment leaves the start of a page to what cannot. */
	readonly isPatient?: boolean;
}

/** Shows a part as soon as its script is there, which is asked for until it comes. */
export function Later<Props extends object>({ part, props, meanwhile = null, isPatient = false }: LaterProps<Props>) {
	const [Part, setPart] = useState(() => part.fetched);
	useEffect(() => {
		const leaving = new AbortController();
		const start = isPatient ? whenCalm() : Promise.resolve();
		start
			.then(() => untilFetched(part.fetch, leaving.signal))
			.then(
				(fetched) => setPart(() => fetched),
				() => undefined,
			);
		return () => leaving.abort();
	}, [part, isPatient]);
	return Part === undefined ? meanwhile : <Part {...props} />;
}
