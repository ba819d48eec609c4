import { createContext, type ReactNode, use, useMemo } from "react";

const Pictures = createContext<ReadonlyMap<string, string>>(new Map());

export interface KnownPicturesProps {
	/** `mxc://` addresses by the id of the person or room. */
	readonly pictures: ReadonlyMap<string, string>;
	readonly children: ReactNode;
}

/**
 * What people and rooms look like, beside what is known further out: every avatar inside that is told nothing else finds
 * its picture here, by its id.
 */
export function KnownPictures({ pictures, children }: KnownPicturesProps) {
	const outer = use(Pictures);
	const all = useMemo(() => new Map([...outer, ...pictures]), [outer, pictures]);
	return <Pictures value={all}>{children}</Pictures>;
}

export function useKnownPicture(id: string): string | undefined {
	return use(Pictures).get(id);
}
