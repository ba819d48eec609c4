import { createContext, type ReactNode, use, useMemo } from "react";

const Pictures = createContext<ReadonlyMap<string, string>>(new Map());
const KnownBot = createContext<string | undefined>(undefined);

export interface KnownPicturesProps {
	/** `mxc://` addresses by the id of the person or room. */
	readonly pictures: ReadonlyMap<string, string>;
	/** The assistant of this server, which is marked wherever its name stands. */
	readonly botId?: string | undefined;
	readonly children: ReactNode;
}

/**
 * What people and rooms look like, beside what is known further out: every avatar inside that is told nothing else finds
 * its picture here, by its id.
 */
export function KnownPictures({ pictures, botId, children }: KnownPicturesProps) {
	const outer = use(Pictures);
	const outerBot = use(KnownBot);
	const all = useMemo(() => new Map([...outer, ...pictures]), [outer, pictures]);
	return (
		<Pictures value={all}>
			<KnownBot value={botId ?? outerBot}>{children}</KnownBot>
		</Pictures>
	);
}

/** Whether an id is that of the assistant. */
export function useIsBot(id: string): boolean {
	return use(KnownBot) === id;
}

export function useKnownPicture(id: string): string | undefined {
	return use(Pictures).get(id);
}
