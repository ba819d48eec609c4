import { everything } from "./visible-ranges.ts";

/** A cursor of a client as a position; one beyond what a position can be stands at that end. */
export const fromWirePosition = (text: string): number =>
	Math.min(everything.high, Math.max(everything.low, Number(text)));

/** A place to go on from, as an optional property of an answer. */
export const cursorAs = <Name extends string>(
	name: Name,
	position: number | undefined,
): { readonly [key in Name]?: string } =>
	(position === undefined ? {} : { [name]: String(position) }) as { readonly [key in Name]?: string };
